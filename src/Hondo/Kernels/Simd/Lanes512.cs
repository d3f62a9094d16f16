using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>512 bits of float or double.</summary>
/// <typeparam name="T">float or double.</typeparam>
readonly struct Lanes512<T>(Vector512<T> value) : ILanes<Lanes512<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Vector512<T> _value = value;

    // Asking for the type itself takes 26 bytes of IL instead of 10: long formulas would pass what the compiler is
    // willing to inline.
    /// <inheritdoc/>
    public static unsafe bool IsDouble => sizeof(T) == sizeof(double);

    /// <inheritdoc/>
    public static int Width => Vector512<T>.Count;

    /// <inheritdoc/>
    public static Lanes512<T> Zero => new(Vector512<T>.Zero);

    /// <inheritdoc/>
    public static Lanes512<T> One => new(Vector512<T>.One);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Create(double value) => new(IsDouble
        ? Vector512.Create(value).As<double, T>()
        : Vector512.Create((float)value).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Load(ref T source, nint index) => new(Vector512.LoadUnsafe(ref source, (nuint)index));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static void Store(Lanes512<T> value, ref T destination, nint index) =>
        value._value.StoreUnsafe(ref destination, (nuint)index);

    /// <summary>Sum of each lane.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> operator +(Lanes512<T> a, Lanes512<T> b) => new(a._value + b._value);

    /// <summary>Difference of each lane.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> a, Lanes512<T> b) => new(a._value - b._value);

    /// <summary>Product of each lane.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> operator *(Lanes512<T> a, Lanes512<T> b) => new(a._value * b._value);

    /// <summary>Quotient of each lane.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> operator /(Lanes512<T> a, Lanes512<T> b) => new(a._value / b._value);

    /// <summary>Each lane with its sign turned.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> a) => new(-a._value);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> FusedMultiplyAdd(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c) => new(IsDouble
        ? Vector512.FusedMultiplyAdd(a._value.AsDouble(), b._value.AsDouble(), c._value.AsDouble()).As<double, T>()
        : Vector512.FusedMultiplyAdd(a._value.AsSingle(), b._value.AsSingle(), c._value.AsSingle()).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Sqrt(Lanes512<T> x) => new(Vector512.Sqrt(x._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Abs(Lanes512<T> x) => new(Vector512.Abs(x._value));

    // The comparison is false where either is NaN; the second select brings a's NaN through, b's came already.
    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Max(Lanes512<T> a, Lanes512<T> b)
    {
        Vector512<T> isLarger = Vector512.GreaterThan(a._value, b._value);
        Vector512<T> larger = Vector512.ConditionalSelect(isLarger, a._value, b._value);
        return new(Vector512.ConditionalSelect(Vector512.Equals(a._value, a._value), larger, a._value));
    }

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Min(Lanes512<T> a, Lanes512<T> b)
    {
        Vector512<T> smaller = Vector512.ConditionalSelect(Vector512.LessThan(a._value, b._value), a._value, b._value);
        return new(Vector512.ConditionalSelect(Vector512.Equals(a._value, a._value), smaller, a._value));
    }

    // The native maximum takes its second operand where either is NaN, and so does the scalar twin.
    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Clamp(Lanes512<T> x, Lanes512<T> low, Lanes512<T> high) =>
        new(Vector512.MinNative(high._value, Vector512.MaxNative(low._value, x._value)));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> AtLeast(Lanes512<T> x, Lanes512<T> low) => new(Vector512.MaxNative(low._value, x._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Round(Lanes512<T> x) => new(IsDouble
        ? Vector512.Round(x._value.AsDouble()).As<double, T>()
        : Vector512.Round(x._value.AsSingle()).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Floor(Lanes512<T> x) => new(IsDouble
        ? Vector512.Floor(x._value.AsDouble()).As<double, T>()
        : Vector512.Floor(x._value.AsSingle()).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> GreaterThan(Lanes512<T> a, Lanes512<T> b) =>
        new(Vector512.GreaterThan(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> GreaterThanOrEqual(Lanes512<T> a, Lanes512<T> b) =>
        new(Vector512.GreaterThanOrEqual(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Equals(Lanes512<T> a, Lanes512<T> b) => new(Vector512.Equals(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Select(Lanes512<T> mask, Lanes512<T> then, Lanes512<T> otherwise) =>
        new(Vector512.ConditionalSelect(mask._value, then._value, otherwise._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> CopySign(Lanes512<T> magnitude, Lanes512<T> sign) => new(
        Vector512.ConditionalSelect(Vector512.Create(T.NegativeZero), sign._value, magnitude._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> ScaleByPowerOfTwo(Lanes512<T> x, Lanes512<T> n)
    {
        if (Avx512F.IsSupported)
            return new(IsDouble
                ? Avx512F.Scale(x._value.AsDouble(), n._value.AsDouble()).As<double, T>()
                : Avx512F.Scale(x._value.AsSingle(), n._value.AsSingle()).As<float, T>());
        // 2ⁿ in two factors: one alone overflows for the largest results and vanishes for subnormal ones.
        Lanes512<T> half = Floor(n * Create(0.5));
        return x * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    [MethodImpl(AggressiveInlining)]
    static Lanes512<T> PowerOfTwo(Lanes512<T> n) => new(IsDouble
        ? ((Vector512.ConvertToInt64Native(n._value.AsDouble()) + Vector512.Create(1023L)) << 52).As<long, T>()
        : ((Vector512.ConvertToInt32Native(n._value.AsSingle()) + Vector512.Create(127)) << 23).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Exponent(Lanes512<T> x) => new(IsDouble
        ? Vector512.ConvertToDouble((x._value.AsInt64() >>> 52) - Vector512.Create(1023L)).As<double, T>()
        : Vector512.ConvertToSingle((x._value.AsInt32() >>> 23) - Vector512.Create(127)).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Significand(Lanes512<T> x) => new(IsDouble
        ? ((x._value.AsInt64() & Vector512.Create((1L << 52) - 1)) | Vector512.Create(1023L << 52)).As<long, T>()
        : ((x._value.AsInt32() & Vector512.Create((1 << 23) - 1)) | Vector512.Create(127 << 23)).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Exp(Lanes512<T> x) => Elementary.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Log(Lanes512<T> x) => Elementary.Log(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Tanh(Lanes512<T> x) => Elementary.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Sigmoid(Lanes512<T> x) => Elementary.Sigmoid(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Erf(Lanes512<T> x) => Elementary.Erf(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Sin(Lanes512<T> x) => Elementary.Sin(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Cos(Lanes512<T> x) => Elementary.Cos(x);
}
