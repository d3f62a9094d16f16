using System.Numerics;

namespace Hondo.Kernels;

/// <summary>
/// A register of numbers. A formula written against it runs at every SIMD width, in float and double, and as scalar
/// code, with the same bits: only operations that IEEE 754 rounds in one way are primitive here.
/// </summary>
/// <typeparam name="V">The implementing type: a scalar, or 128, 256 or 512 bits of float or double.</typeparam>
public interface ILanes<V> : IAdditionOperators<V, V, V>, ISubtractionOperators<V, V, V>,
    IMultiplyOperators<V, V, V>, IDivisionOperators<V, V, V>, IUnaryNegationOperators<V, V>
    where V : struct, ILanes<V>
{
    /// <summary>
    /// True when the numbers are float64: formulas choose their polynomial by it (a JIT-time constant).
    /// </summary>
    static abstract bool IsDouble { get; }

    /// <summary>0 in every lane.</summary>
    static abstract V Zero { get; }

    /// <summary>1 in every lane.</summary>
    static abstract V One { get; }

    /// <summary>The number in every lane, rounded to the lanes' precision.</summary>
    static abstract V Create(double value);

    /// <summary>a·b + c with one rounding.</summary>
    static abstract V FusedMultiplyAdd(V a, V b, V c);

    /// <summary>√x, correctly rounded.</summary>
    static abstract V Sqrt(V x);

    /// <summary>|x|.</summary>
    static abstract V Abs(V x);

    /// <summary>The larger of a and b; NaN when either is NaN (NaN must not vanish in a ReLU).</summary>
    static abstract V Max(V a, V b);

    /// <summary>The smaller of a and b; NaN when either is NaN.</summary>
    static abstract V Min(V a, V b);

    /// <summary>x within limits that are not NaN; NaN stays NaN. Quicker than Min and Max.</summary>
    static abstract V Clamp(V x, V low, V high);

    /// <summary>x, or a low that is not NaN where x is below it; NaN stays NaN. Quicker than Max.</summary>
    static abstract V AtLeast(V x, V low);

    /// <summary>The nearest whole number, ties to even.</summary>
    static abstract V Round(V x);

    /// <summary>The largest whole number not above x.</summary>
    static abstract V Floor(V x);

    /// <summary>All bits set where a &gt; b, else no bits: a mask for <see cref="Select"/>.</summary>
    static abstract V GreaterThan(V a, V b);

    /// <summary>All bits set where a ≥ b, else no bits.</summary>
    static abstract V GreaterThanOrEqual(V a, V b);

    /// <summary>All bits set where a = b, else no bits (so x = x is false exactly for NaN).</summary>
    static abstract V Equals(V a, V b);

    /// <summary><paramref name="then"/> where the mask's bits are set, else <paramref name="otherwise"/>.</summary>
    static abstract V Select(V mask, V then, V otherwise);

    /// <summary>x · 2ⁿ, rounded once, for whole n with |n| up to twice the largest exponent.</summary>
    static abstract V ScaleByPowerOfTwo(V x, V n);

    /// <summary>x's sign bit on y's magnitude.</summary>
    static abstract V CopySign(V magnitude, V sign);

    /// <summary>The unbiased binary exponent of a positive normal x, as a whole number.</summary>
    static abstract V Exponent(V x);

    /// <summary>The significand of a positive normal x, in [1, 2).</summary>
    static abstract V Significand(V x);

    /// <summary>eˣ.</summary>
    static abstract V Exp(V x);

    /// <summary>ln x.</summary>
    static abstract V Log(V x);

    /// <summary>tanh x.</summary>
    static abstract V Tanh(V x);

    /// <summary>The logistic function 1 / (1 + e⁻ˣ).</summary>
    static abstract V Sigmoid(V x);

    /// <summary>The error function.</summary>
    static abstract V Erf(V x);

    /// <summary>sin x.</summary>
    static abstract V Sin(V x);

    /// <summary>cos x.</summary>
    static abstract V Cos(V x);
}

/// <summary>Lanes that know how their numbers lie in memory.</summary>
/// <typeparam name="V">The implementing type.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
public interface ILanes<V, T> : ILanes<V>
    where V : struct, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many numbers a register holds.</summary>
    static abstract int Width { get; }

    /// <summary>Reads <see cref="Width"/> numbers from <paramref name="source"/>[<paramref name="index"/>…].</summary>
    static abstract V Load(ref T source, nint index);

    /// <summary>
    /// Writes <see cref="Width"/> numbers to <paramref name="destination"/>[<paramref name="index"/>…].
    /// </summary>
    static abstract void Store(V value, ref T destination, nint index);
}
