using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>One number: the slow and obvious twin of the wider lanes, with the same bits.</summary>
/// <typeparam name="T">float or double.</typeparam>
readonly struct Scalar<T>(T value) : ILanes<Scalar<T>, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly T _value = value;

    // Asking for the type itself takes 26 bytes of IL instead of 10: long formulas would pass what the compiler is
    // willing to inline.
    /// <inheritdoc/>
    public static unsafe bool IsDouble => sizeof(T) == sizeof(double);

    /// <inheritdoc/>
    public static int Width => 1;

    /// <inheritdoc/>
    public static Scalar<T> Zero => new(T.Zero);

    /// <inheritdoc/>
    public static Scalar<T> One => new(T.One);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> Create(double value) => new(T.CreateTruncating(value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> Load(ref T source, nint index) => new(Unsafe.Add(ref source, index));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static void Store(Scalar<T> value, ref T destination, nint index) =>
        Unsafe.Add(ref destination, index) = value._value;

    /// <summary>Sum.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> operator +(Scalar<T> a, Scalar<T> b) => new(a._value + b._value);

    /// <summary>Difference.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> operator -(Scalar<T> a, Scalar<T> b) => new(a._value - b._value);

    /// <summary>Product.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> operator *(Scalar<T> a, Scalar<T> b) => new(a._value * b._value);

    /// <summary>Quotient.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> operator /(Scalar<T> a, Scalar<T> b) => new(a._value / b._value);

    /// <summary>The sign turned.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> operator -(Scalar<T> a) => new(-a._value);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> FusedMultiplyAdd(Scalar<T> a, Scalar<T> b, Scalar<T> c) =>
        new(T.FusedMultiplyAdd(a._value, b._value, c._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> Sqrt(Scalar<T> x) => new(T.Sqrt(x._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> Abs(Scalar<T> x) => new(T.Abs(x._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> Max(Scalar<T> a, Scalar<T> b) => T.IsNaN(a._value) ? a : a._value > b._value ? a : b;

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> Min(Scalar<T> a, Scalar<T> b) => T.IsNaN(a._value) ? a : a._value < b._value ? a : b;

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> Clamp(Scalar<T> x, Scalar<T> low, Scalar<T> high)
    {
        T raised = low._value > x._value ? low._value : x._value;
        return new(high._value < raised ? high._value : raised);
    }

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> AtLeast(Scalar<T> x, Scalar<T> low) => low._value > x._value ? low : x;

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> Round(Scalar<T> x) => new(T.Round(x._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> Floor(Scalar<T> x) => new(T.Floor(x._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> GreaterThan(Scalar<T> a, Scalar<T> b) => Mask(a._value > b._value);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> GreaterThanOrEqual(Scalar<T> a, Scalar<T> b) => Mask(a._value >= b._value);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> Equals(Scalar<T> a, Scalar<T> b) => Mask(a._value == b._value);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> Select(Scalar<T> mask, Scalar<T> then, Scalar<T> otherwise) =>
        IsSet(mask._value) ? then : otherwise;

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> CopySign(Scalar<T> magnitude, Scalar<T> sign) =>
        new(T.CopySign(magnitude._value, sign._value));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> ScaleByPowerOfTwo(Scalar<T> x, Scalar<T> n)
    {
        Scalar<T> half = Floor(n * Create(0.5));
        return x * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    static Scalar<T> PowerOfTwo(Scalar<T> n) => new(IsDouble
        ? Bits((long.CreateTruncating(n._value) + 1023) << 52)
        : Bits((int.CreateTruncating(n._value) + 127) << 23));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> Exponent(Scalar<T> x) => new(IsDouble
        ? T.CreateTruncating((Unsafe.BitCast<T, long>(x._value) >>> 52) - 1023)
        : T.CreateTruncating((Unsafe.BitCast<T, int>(x._value) >>> 23) - 127));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> Significand(Scalar<T> x) => new(IsDouble
        ? Bits((Unsafe.BitCast<T, long>(x._value) & ((1L << 52) - 1)) | (1023L << 52))
        : Bits((Unsafe.BitCast<T, int>(x._value) & ((1 << 23) - 1)) | (127 << 23)));

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> Exp(Scalar<T> x) => Elementary.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> Log(Scalar<T> x) => Elementary.Log(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> Tanh(Scalar<T> x) => Elementary.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> Sigmoid(Scalar<T> x) => Elementary.Sigmoid(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> Erf(Scalar<T> x) => Elementary.Erf(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> Sin(Scalar<T> x) => Elementary.Sin(x);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static Scalar<T> Cos(Scalar<T> x) => Elementary.Cos(x);

    static Scalar<T> Mask(bool set) => new(!set ? T.Zero : IsDouble ? Bits(-1L) : Bits(-1));

    static bool IsSet(T mask) =>
        IsDouble ? Unsafe.BitCast<T, long>(mask) < 0 : Unsafe.BitCast<T, int>(mask) < 0;

    static T Bits<TInteger>(TInteger bits) where TInteger : unmanaged => Unsafe.BitCast<TInteger, T>(bits);
}
