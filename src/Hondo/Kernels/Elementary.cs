using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>Elementary functions as formulas over lanes: the same bits at every width.</summary>
public static class Elementary
{
    /// <summary>eˣ = 2ⁿ · eʳ with n = round(x / ln 2), |r| ≤ ½ ln 2.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Exp<V>(V x) where V : struct, ILanes<V>
    {
        x = V.Max(V.Min(x, V.Create(V.IsDouble ? 710 : 90)), V.Create(V.IsDouble ? -746 : -105));
        (V n, V r) = Reduce(x);
        V p = V.FusedMultiplyAdd(ExpTail(r), r * r, r) + V.One;
        // 2ⁿ in two factors: one alone overflows for the largest results and vanishes for subnormal ones.
        V half = V.Floor(n * V.Create(0.5));
        return V.ScaleByPowerOfTwo(V.ScaleByPowerOfTwo(p, half), n - half);
    }

    /// <summary>eˣ − 1 without the loss of digits near 0.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Expm1<V>(V x) where V : struct, ILanes<V>
    {
        V limited = V.Max(V.Min(x, V.Create(V.IsDouble ? 700 : 88)), V.Create(-50));
        (V n, V r) = Reduce(limited);
        V p = V.FusedMultiplyAdd(ExpTail(r), r * r, r);
        V scale = V.ScaleByPowerOfTwo(V.One, n);
        return V.FusedMultiplyAdd(scale, p, scale - V.One);
    }

    [MethodImpl(AggressiveInlining)]
    static (V N, V R) Reduce<V>(V x) where V : struct, ILanes<V>
    {
        V n = V.Round(x * V.Create(1.4426950408889634));
        V r = V.FusedMultiplyAdd(n, V.Create(V.IsDouble ? -6.93147180369123816490e-01 : -0.693145751953125), x);
        return (n, V.FusedMultiplyAdd(n, V.Create(V.IsDouble ? -1.90821492927058770002e-10 : -1.42860682030941723e-6), r));
    }

    // (eʳ − 1 − r) / r², |r| ≤ 0.347, by Taylor's series.
    [MethodImpl(AggressiveInlining)]
    static V ExpTail<V>(V r) where V : struct, ILanes<V>
    {
        V p;
        if (V.IsDouble)
        {
            p = V.FusedMultiplyAdd(V.Create(1.0 / 6227020800), r, V.Create(1.0 / 479001600));
            p = V.FusedMultiplyAdd(p, r, V.Create(1.0 / 39916800));
            p = V.FusedMultiplyAdd(p, r, V.Create(1.0 / 3628800));
            p = V.FusedMultiplyAdd(p, r, V.Create(1.0 / 362880));
            p = V.FusedMultiplyAdd(p, r, V.Create(1.0 / 40320));
            p = V.FusedMultiplyAdd(p, r, V.Create(1.0 / 5040));
        }
        else
            p = V.Create(1.0 / 5040);
        p = V.FusedMultiplyAdd(p, r, V.Create(1.0 / 720));
        p = V.FusedMultiplyAdd(p, r, V.Create(1.0 / 120));
        p = V.FusedMultiplyAdd(p, r, V.Create(1.0 / 24));
        p = V.FusedMultiplyAdd(p, r, V.Create(1.0 / 6));
        return V.FusedMultiplyAdd(p, r, V.Create(0.5));
    }

    /// <summary>ln x: x = 2ᵉ · m with m in [√½, √2), ln m = 2 artanh((m − 1) / (m + 1)).</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Log<V>(V x) where V : struct, ILanes<V>
    {
        V tiny = V.GreaterThan(V.Create(V.IsDouble ? 2.2250738585072014e-308 : 1.17549435e-38), x);
        V normal = V.Select(tiny, x * V.Create(V.IsDouble ? 18014398509481984 : 33554432), x);
        V e = V.Exponent(normal) - V.Select(tiny, V.Create(V.IsDouble ? 54 : 25), V.Zero);
        V m = V.Significand(normal);
        V high = V.GreaterThan(m, V.Create(1.4142135623730951));
        m = V.Select(high, m * V.Create(0.5), m);
        e = V.Select(high, e + V.One, e);
        V f = m - V.One, s = f / (m + V.One), z = s * s;
        V series = V.Create(2.0 / (V.IsDouble ? 23 : 11));
        for (int k = V.IsDouble ? 21 : 9; k >= 3; k -= 2)
            series = V.FusedMultiplyAdd(series, z, V.Create(2.0 / k));
        // 2s = f − s·f exactly in spirit: it keeps the digits that 2s alone would lose.
        V log = f - s * (f - z * series);
        V y = V.FusedMultiplyAdd(e, V.Create(V.IsDouble ? 1.90821492927058770002e-10 : 1.42860682030941723e-6), log);
        y = V.FusedMultiplyAdd(e, V.Create(V.IsDouble ? 6.93147180369123816490e-01 : 0.693145751953125), y);
        V infinity = V.Create(double.PositiveInfinity);
        y = V.Select(V.Equals(x, infinity), infinity, y);
        y = V.Select(V.Equals(x, V.Zero), -infinity, y);
        return V.Select(V.GreaterThanOrEqual(x, V.Zero), y, V.Create(double.NaN));
    }

    /// <summary>tanh x = (e²ˣ − 1) / (e²ˣ + 1).</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Tanh<V>(V x) where V : struct, ILanes<V>
    {
        V a = V.Min(V.Abs(x), V.Create(V.IsDouble ? 20 : 10));
        V t = Expm1(a + a);
        return V.CopySign(t / (t + V.Create(2)), x);
    }

    /// <summary>1 / (1 + e⁻ˣ), from e^−|x| so that nothing overflows.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Sigmoid<V>(V x) where V : struct, ILanes<V>
    {
        V e = Exp(-V.Abs(x));
        return V.Select(V.GreaterThan(V.Zero, x), e, V.One) / (V.One + e);
    }

    /// <summary>erf x = 2/√π · x e^−x² Σ (2x²)ᵏ / (2k+1)!!, whose terms are all positive.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Erf<V>(V x) where V : struct, ILanes<V>
    {
        V a = V.Min(V.Abs(x), V.Create(V.IsDouble ? 6 : 4)), z = a * a, twice = z + z, sum = V.One, term = V.One;
        for (int k = 3; k < (V.IsDouble ? 280 : 140); k += 2)
        {
            term = term * twice * V.Create(1.0 / k);
            sum += term;
        }
        return V.CopySign(V.Min(V.Create(1.1283791670955126) * a * Exp(-z) * sum, V.One), x);
    }

    /// <summary>sin x.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Sin<V>(V x) where V : struct, ILanes<V> => Wave(x, V.Zero);

    /// <summary>cos x.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Cos<V>(V x) where V : struct, ILanes<V> => Wave(x, V.One);

    // sin(x + shift·π/2): the quadrant tells which series to take and its sign.
    [MethodImpl(AggressiveInlining)]
    static V Wave<V>(V x, V shift) where V : struct, ILanes<V>
    {
        V n = V.Round(x * V.Create(0.63661977236758134));
        V r = V.FusedMultiplyAdd(n, V.Create(V.IsDouble ? -1.5707963267341256 : -1.5703125), x);
        r = V.FusedMultiplyAdd(n, V.Create(V.IsDouble ? -6.0771005063039194e-11 : -4.837512969970703e-4), r);
        r = V.FusedMultiplyAdd(n, V.Create(V.IsDouble ? -2.0222662487959506e-21 : -7.549789954891e-8), r);
        n += shift;
        V quadrant = n - V.Create(4) * V.Floor(n * V.Create(0.25)), z = r * r;
        V sin = V.Zero, cos = V.Zero;
        double factorial = V.IsDouble ? 355687428096000 : 6227020800;
        for (int k = V.IsDouble ? 17 : 13; k >= 1; k -= 2)
        {
            sin = V.FusedMultiplyAdd(-sin, z, V.Create(1 / factorial));
            factorial /= k;
            cos = V.FusedMultiplyAdd(-cos, z, V.Create(1 / factorial));
            factorial /= Math.Max(1, k - 1);
        }
        V odd = V.Equals(quadrant - V.Create(2) * V.Floor(quadrant * V.Create(0.5)), V.One);
        V y = V.Select(odd, cos, sin * r);
        return V.Select(V.GreaterThan(quadrant, V.Create(1.5)), -y, y);
    }
}
