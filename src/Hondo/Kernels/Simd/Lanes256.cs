using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>256 bits of float or double.</summary>
/// <typeparam name="T">float or double.</typeparam>
readonly struct Lanes256<T>(Vector256<T> value) : ILanes<Lanes256<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Vector256<T> _value = value;

    // Asking for the type itself takes 26 bytes of IL instead of 10: long formulas would pass what the compiler is
    // willing to inline.
    /// <inheritdoc/>
    public static unsafe bool IsDouble => sizeof(T) == sizeof(double);

    /// <inheritdoc/>
    public static int Width => Vector256<T>.Count;

    /// <inheritdoc/>
    public static Lanes256<T> Zero => new(Vector256<T>.Zero);

    /// <inheritdoc/>
    public static Lanes256<T> One => new(Vector256<T>.One);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Create(double value) => new(IsDouble
        ? Vector256.Create(value).As<double, T>()
        : Vector256.Create((float)value).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Load(ref T source, nint index) => new(Vector256.LoadUnsafe(ref source, (nuint)index));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static void Store(Lanes256<T> value, ref T destination, nint index) =>
        value._value.StoreUnsafe(ref destination, (nuint)index);

    /// <summary>Sum of each lane.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> operator +(Lanes256<T> a, Lanes256<T> b) => new(a._value + b._value);

    /// <summary>Difference of each lane.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> a, Lanes256<T> b) => new(a._value - b._value);

    /// <summary>Product of each lane.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> operator *(Lanes256<T> a, Lanes256<T> b) => new(a._value * b._value);

    /// <summary>Quotient of each lane.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> operator /(Lanes256<T> a, Lanes256<T> b) => new(a._value / b._value);

    /// <summary>Each lane with its sign turned.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> a) => new(-a._value);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> FusedMultiplyAdd(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c) => new(IsDouble
        ? Vector256.FusedMultiplyAdd(a._value.AsDouble(), b._value.AsDouble(), c._value.AsDouble()).As<double, T>()
        : Vector256.FusedMultiplyAdd(a._value.AsSingle(), b._value.AsSingle(), c._value.AsSingle()).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Sqrt(Lanes256<T> x) => new(Vector256.Sqrt(x._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Abs(Lanes256<T> x) => new(Vector256.Abs(x._value));

    // The comparison is false where either is NaN; the second select brings a's NaN through, b's came already.
    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Max(Lanes256<T> a, Lanes256<T> b)
    {
        Vector256<T> isLarger = Vector256.GreaterThan(a._value, b._value);
        Vector256<T> larger = Vector256.ConditionalSelect(isLarger, a._value, b._value);
        return new(Vector256.ConditionalSelect(Vector256.Equals(a._value, a._value), larger, a._value));
    }

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Min(Lanes256<T> a, Lanes256<T> b)
    {
        Vector256<T> smaller = Vector256.ConditionalSelect(Vector256.LessThan(a._value, b._value), a._value, b._value);
        return new(Vector256.ConditionalSelect(Vector256.Equals(a._value, a._value), smaller, a._value));
    }

    // The native maximum takes its second operand where either is NaN, and so does the scalar twin.
    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Clamp(Lanes256<T> x, Lanes256<T> low, Lanes256<T> high) =>
        new(Vector256.MinNative(high._value, Vector256.MaxNative(low._value, x._value)));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> AtLeast(Lanes256<T> x, Lanes256<T> low) => new(Vector256.MaxNative(low._value, x._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Round(Lanes256<T> x) => new(IsDouble
        ? Vector256.Round(x._value.AsDouble()).As<double, T>()
        : Vector256.Round(x._value.AsSingle()).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Floor(Lanes256<T> x) => new(IsDouble
        ? Vector256.Floor(x._value.AsDouble()).As<double, T>()
        : Vector256.Floor(x._value.AsSingle()).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> GreaterThan(Lanes256<T> a, Lanes256<T> b) =>
        new(Vector256.GreaterThan(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> GreaterThanOrEqual(Lanes256<T> a, Lanes256<T> b) =>
        new(Vector256.GreaterThanOrEqual(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Equals(Lanes256<T> a, Lanes256<T> b) => new(Vector256.Equals(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Select(Lanes256<T> mask, Lanes256<T> then, Lanes256<T> otherwise) =>
        new(Vector256.ConditionalSelect(mask._value, then._value, otherwise._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> CopySign(Lanes256<T> magnitude, Lanes256<T> sign) => new(
        Vector256.ConditionalSelect(Vector256.Create(T.NegativeZero), sign._value, magnitude._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> ScaleByPowerOfTwo(Lanes256<T> x, Lanes256<T> n)
    {
        // 2ⁿ in two factors: one alone overflows for the largest results and vanishes for subnormal ones.
        Lanes256<T> half = Floor(n * Create(0.5));
        return x * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    [MethodImpl(AggressiveInlining)]
    static Lanes256<T> PowerOfTwo(Lanes256<T> n) => new(IsDouble
        ? ((Vector256.ConvertToInt64Native(n._value.AsDouble()) + Vector256.Create(1023L)) << 52).As<long, T>()
        : ((Vector256.ConvertToInt32Native(n._value.AsSingle()) + Vector256.Create(127)) << 23).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Exponent(Lanes256<T> x) => new(IsDouble
        ? Vector256.ConvertToDouble((x._value.AsInt64() >>> 52) - Vector256.Create(1023L)).As<double, T>()
        : Vector256.ConvertToSingle((x._value.AsInt32() >>> 23) - Vector256.Create(127)).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Significand(Lanes256<T> x) => new(IsDouble
        ? ((x._value.AsInt64() & Vector256.Create((1L << 52) - 1)) | Vector256.Create(1023L << 52)).As<long, T>()
        : ((x._value.AsInt32() & Vector256.Create((1 << 23) - 1)) | Vector256.Create(127 << 23)).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Exp(Lanes256<T> x) => Elementary.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Log(Lanes256<T> x) => Elementary.Log(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Tanh(Lanes256<T> x) => Elementary.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Sigmoid(Lanes256<T> x) => Elementary.Sigmoid(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Erf(Lanes256<T> x) => Elementary.Erf(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Sin(Lanes256<T> x) => Elementary.Sin(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Cos(Lanes256<T> x) => Elementary.Cos(x);
}
