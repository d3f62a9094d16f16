using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>aᵇ as a formula over lanes: the same bits at every width.</summary>
static class Powers
{
    /// <summary>
    /// aᵇ. With a = 2ᵉ·m the power is 2^(e·b) · e^(b·ln m): the large part e·b is split exactly into a whole number and
    /// a rest, so that large powers keep their digits. A negative a has powers with whole b only; others are NaN.
    /// </summary>
    [MethodImpl(AggressiveInlining)]
    public static V Power<V>(V a, V b) where V : struct, ILanes<V>
    {
        V size = V.Abs(a), infinity = V.Create(double.PositiveInfinity);
        V y = V.Select(V.GreaterThan(V.Abs(b), V.Create(1024)), V.Exp(b * V.Log(size)), PositivePower(size, b));
        V isZero = V.Equals(size, V.Zero), rises = V.GreaterThan(b, V.Zero);
        y = V.Select(isZero, V.Select(rises, V.Zero, infinity), y);
        y = V.Select(V.Equals(size, infinity), V.Select(rises, infinity, V.Zero), y);
        V half = V.Create(0.5) * b, isWhole = V.Equals(V.Floor(b), b), isEven = V.Equals(V.Floor(half), half);
        V ofNegative = V.Select(isWhole, V.Select(isEven, y, -y), V.Select(isZero, y, V.Create(double.NaN)));
        y = V.Select(V.GreaterThan(V.Zero, a), ofNegative, y);
        y = V.Select(V.Equals(a, a), y, a);
        return V.Select(V.Equals(b, V.Zero), V.One, V.Select(V.Equals(a, V.One), V.One, y));
    }

    [MethodImpl(AggressiveInlining)]
    static V PositivePower<V>(V a, V b) where V : struct, ILanes<V>
    {
        V tiny = V.GreaterThan(V.Create(V.IsDouble ? 2.2250738585072014e-308 : 1.17549435e-38), a);
        V normal = V.Select(tiny, a * V.Create(V.IsDouble ? 18014398509481984 : 33554432), a);
        V e = V.Exponent(normal) - V.Select(tiny, V.Create(V.IsDouble ? 54 : 25), V.Zero);
        V m = V.Significand(normal), high = V.GreaterThan(m, V.Create(1.4142135623730951));
        m = V.Select(high, m * V.Create(0.5), m);
        e = V.Select(high, e + V.One, e);
        V n = V.Round(e * b), rest = V.FusedMultiplyAdd(e, b, -n);
        V power = V.Exp(V.FusedMultiplyAdd(rest, V.Create(0.69314718055994531), b * V.Log(m)));
        // The limit lies beyond every power that is neither 0 nor infinite; the halves stay normal exponents.
        V limit = V.Create(V.IsDouble ? 2000 : 250);
        n = V.Max(V.Min(n, limit), -limit);
        V first = V.Floor(n * V.Create(0.5));
        return V.ScaleByPowerOfTwo(V.ScaleByPowerOfTwo(power, first), n - first);
    }
}
