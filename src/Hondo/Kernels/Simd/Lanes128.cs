using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>128 bits of float or double.</summary>
/// <typeparam name="T">float or double.</typeparam>
readonly struct Lanes128<T>(Vector128<T> value) : ILanes<Lanes128<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Vector128<T> _value = value;

    // Asking for the type itself takes 26 bytes of IL instead of 10: long formulas would pass what the compiler is
    // willing to inline.
    /// <inheritdoc/>
    public static unsafe bool IsDouble => sizeof(T) == sizeof(double);

    /// <inheritdoc/>
    public static int Width => Vector128<T>.Count;

    /// <inheritdoc/>
    public static Lanes128<T> Zero => new(Vector128<T>.Zero);

    /// <inheritdoc/>
    public static Lanes128<T> One => new(Vector128<T>.One);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Create(double value) => new(IsDouble
        ? Vector128.Create(value).As<double, T>()
        : Vector128.Create((float)value).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Load(ref T source, nint index) => new(Vector128.LoadUnsafe(ref source, (nuint)index));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static void Store(Lanes128<T> value, ref T destination, nint index) =>
        value._value.StoreUnsafe(ref destination, (nuint)index);

    /// <summary>Sum of each lane.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> operator +(Lanes128<T> a, Lanes128<T> b) => new(a._value + b._value);

    /// <summary>Difference of each lane.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> a, Lanes128<T> b) => new(a._value - b._value);

    /// <summary>Product of each lane.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> operator *(Lanes128<T> a, Lanes128<T> b) => new(a._value * b._value);

    /// <summary>Quotient of each lane.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> operator /(Lanes128<T> a, Lanes128<T> b) => new(a._value / b._value);

    /// <summary>Each lane with its sign turned.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> a) => new(-a._value);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> FusedMultiplyAdd(Lanes128<T> a, Lanes128<T> b, Lanes128<T> c) => new(IsDouble
        ? Vector128.FusedMultiplyAdd(a._value.AsDouble(), b._value.AsDouble(), c._value.AsDouble()).As<double, T>()
        : Vector128.FusedMultiplyAdd(a._value.AsSingle(), b._value.AsSingle(), c._value.AsSingle()).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Sqrt(Lanes128<T> x) => new(Vector128.Sqrt(x._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Abs(Lanes128<T> x) => new(Vector128.Abs(x._value));

    // The comparison is false where either is NaN; the second select brings a's NaN through, b's came already.
    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Max(Lanes128<T> a, Lanes128<T> b)
    {
        Vector128<T> isLarger = Vector128.GreaterThan(a._value, b._value);
        Vector128<T> larger = Vector128.ConditionalSelect(isLarger, a._value, b._value);
        return new(Vector128.ConditionalSelect(Vector128.Equals(a._value, a._value), larger, a._value));
    }

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Min(Lanes128<T> a, Lanes128<T> b)
    {
        Vector128<T> smaller = Vector128.ConditionalSelect(Vector128.LessThan(a._value, b._value), a._value, b._value);
        return new(Vector128.ConditionalSelect(Vector128.Equals(a._value, a._value), smaller, a._value));
    }

    // The native maximum takes its second operand where either is NaN, and so does the scalar twin.
    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Clamp(Lanes128<T> x, Lanes128<T> low, Lanes128<T> high) =>
        new(Vector128.MinNative(high._value, Vector128.MaxNative(low._value, x._value)));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> AtLeast(Lanes128<T> x, Lanes128<T> low) => new(Vector128.MaxNative(low._value, x._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Round(Lanes128<T> x) => new(IsDouble
        ? Vector128.Round(x._value.AsDouble()).As<double, T>()
        : Vector128.Round(x._value.AsSingle()).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Floor(Lanes128<T> x) => new(IsDouble
        ? Vector128.Floor(x._value.AsDouble()).As<double, T>()
        : Vector128.Floor(x._value.AsSingle()).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> GreaterThan(Lanes128<T> a, Lanes128<T> b) =>
        new(Vector128.GreaterThan(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> GreaterThanOrEqual(Lanes128<T> a, Lanes128<T> b) =>
        new(Vector128.GreaterThanOrEqual(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Equals(Lanes128<T> a, Lanes128<T> b) => new(Vector128.Equals(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Select(Lanes128<T> mask, Lanes128<T> then, Lanes128<T> otherwise) =>
        new(Vector128.ConditionalSelect(mask._value, then._value, otherwise._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> CopySign(Lanes128<T> magnitude, Lanes128<T> sign) => new(
        Vector128.ConditionalSelect(Vector128.Create(T.NegativeZero), sign._value, magnitude._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> ScaleByPowerOfTwo(Lanes128<T> x, Lanes128<T> n)
    {
        // 2ⁿ in two factors: one alone overflows for the largest results and vanishes for subnormal ones.
        Lanes128<T> half = Floor(n * Create(0.5));
        return x * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    [MethodImpl(AggressiveInlining)]
    static Lanes128<T> PowerOfTwo(Lanes128<T> n) => new(IsDouble
        ? ((Vector128.ConvertToInt64Native(n._value.AsDouble()) + Vector128.Create(1023L)) << 52).As<long, T>()
        : ((Vector128.ConvertToInt32Native(n._value.AsSingle()) + Vector128.Create(127)) << 23).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Exponent(Lanes128<T> x) => new(IsDouble
        ? Vector128.ConvertToDouble((x._value.AsInt64() >>> 52) - Vector128.Create(1023L)).As<double, T>()
        : Vector128.ConvertToSingle((x._value.AsInt32() >>> 23) - Vector128.Create(127)).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Significand(Lanes128<T> x) => new(IsDouble
        ? ((x._value.AsInt64() & Vector128.Create((1L << 52) - 1)) | Vector128.Create(1023L << 52)).As<long, T>()
        : ((x._value.AsInt32() & Vector128.Create((1 << 23) - 1)) | Vector128.Create(127 << 23)).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Exp(Lanes128<T> x) => Elementary.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Log(Lanes128<T> x) => Elementary.Log(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Tanh(Lanes128<T> x) => Elementary.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Sigmoid(Lanes128<T> x) => Elementary.Sigmoid(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Erf(Lanes128<T> x) => Elementary.Erf(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Sin(Lanes128<T> x) => Elementary.Sin(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Cos(Lanes128<T> x) => Elementary.Cos(x);
}
