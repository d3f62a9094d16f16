using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>
/// Elementary functions as formulas over lanes: the same bits at every width. float32: exp, log, tanh and sigmoid are
/// within 2 units in the last place over their whole range; float64 within 4.
/// </summary>
public static class Elementary
{
    /// <summary>eˣ = 2ⁿ · eʳ with n = round(x / ln 2), |r| ≤ ½ ln 2.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Exp<V>(V x) where V : struct, ILanes<V>
    {
        x = V.Clamp(x, V.Create(V.IsDouble ? -746 : -105), V.Create(V.IsDouble ? 710 : 90));
        V n = V.Round(x * V.Create(1.4426950408889634));
        V r = Remainder(x, n);
        return V.ScaleByPowerOfTwo(V.FusedMultiplyAdd(ExpTail(r), r * r, r) + V.One, n);
    }

    /// <summary>eˣ − 1 without the loss of digits near 0.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Expm1<V>(V x) where V : struct, ILanes<V>
    {
        V within = V.Clamp(x, V.Create(-50), V.Create(V.IsDouble ? 708 : 88));
        V n = V.Round(within * V.Create(1.4426950408889634));
        V r = Remainder(within, n);
        V p = V.FusedMultiplyAdd(ExpTail(r), r * r, r), scale = V.ScaleByPowerOfTwo(V.One, n);
        V y = V.FusedMultiplyAdd(scale, p, scale - V.One);
        return V.Select(V.GreaterThan(x, within), Exp(x), y);
    }

    [MethodImpl(AggressiveInlining)]
    static V Remainder<V>(V x, V n) where V : struct, ILanes<V>
    {
        V r = V.FusedMultiplyAdd(n, V.Create(V.IsDouble ? -6.93147180369123816490e-01 : -0.693145751953125), x);
        return V.FusedMultiplyAdd(n, V.Create(V.IsDouble ? -1.90821492927058770002e-10 : -1.42860682030941723e-6), r);
    }

    // (eʳ − 1 − r) / r² for |r| ≤ 0.347: Taylor's series in float64, a minimax polynomial in float32.
    [MethodImpl(AggressiveInlining)]
    static V ExpTail<V>(V r) where V : struct, ILanes<V>
    {
        if (!V.IsDouble)
            return Horner5(r, 1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1,
                5.0000001201e-1);
        V p = Horner5(r, 1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320);
        p = V.FusedMultiplyAdd(p, r, V.Create(1.0 / 5040));
        p = V.FusedMultiplyAdd(p, r, V.Create(1.0 / 720));
        p = V.FusedMultiplyAdd(p, r, V.Create(1.0 / 120));
        p = V.FusedMultiplyAdd(p, r, V.Create(1.0 / 24));
        p = V.FusedMultiplyAdd(p, r, V.Create(1.0 / 6));
        return V.FusedMultiplyAdd(p, r, V.Create(0.5));
    }

    [MethodImpl(AggressiveInlining)]
    static V Horner5<V>(V x, double a, double b, double c, double d, double e, double f) where V : struct, ILanes<V>
    {
        V p = a == 0 ? V.Create(b) : V.FusedMultiplyAdd(V.Create(a), x, V.Create(b));
        p = V.FusedMultiplyAdd(p, x, V.Create(c));
        p = V.FusedMultiplyAdd(p, x, V.Create(d));
        p = V.FusedMultiplyAdd(p, x, V.Create(e));
        return V.FusedMultiplyAdd(p, x, V.Create(f));
    }

    /// <summary>ln x: x = 2ᵉ · m with m in [√½, √2), ln m = 2 artanh((m − 1) / (m + 1)).</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Log<V>(V x) where V : struct, ILanes<V>
    {
        V tiny = V.GreaterThan(V.Create(V.IsDouble ? 2.2250738585072014e-308 : 1.17549435e-38), x);
        V normal = V.Select(tiny, x * V.Create(V.IsDouble ? 18014398509481984 : 33554432), x);
        V e = V.Exponent(normal) - V.Select(tiny, V.Create(V.IsDouble ? 54 : 25), V.Zero);
        V m = V.Significand(normal), high = V.GreaterThan(m, V.Create(1.4142135623730951));
        m = V.Select(high, m * V.Create(0.5), m);
        e = V.Select(high, e + V.One, e);
        V f = m - V.One, s = f / (m + V.One), z = s * s;
        V series = V.IsDouble
            ? Horner5(z, 2.0 / 23, 2.0 / 21, 2.0 / 19, 2.0 / 17, 2.0 / 15, 2.0 / 13) : V.Create(2.0 / 13);
        series = Horner5(z, series, 2.0 / 11, 2.0 / 9, 2.0 / 7, 2.0 / 5, 2.0 / 3);
        // f − s·(f − …) is 2s + …, but keeps the digits that 2s alone would lose.
        V y = f - s * (f - z * series);
        y = V.FusedMultiplyAdd(e, V.Create(V.IsDouble ? 1.90821492927058770002e-10 : 1.42860682030941723e-6), y);
        y = V.FusedMultiplyAdd(e, V.Create(V.IsDouble ? 6.93147180369123816490e-01 : 0.693145751953125), y);
        V infinity = V.Create(double.PositiveInfinity);
        y = V.Select(V.Equals(x, infinity), infinity, y);
        y = V.Select(V.Equals(x, V.Zero), -infinity, y);
        return V.Select(V.GreaterThanOrEqual(x, V.Zero), y, V.Create(double.NaN));
    }

    [MethodImpl(AggressiveInlining)]
    static V Horner5<V>(V x, V p, double b, double c, double d, double e, double f) where V : struct, ILanes<V>
    {
        p = V.FusedMultiplyAdd(p, x, V.Create(b));
        p = V.FusedMultiplyAdd(p, x, V.Create(c));
        p = V.FusedMultiplyAdd(p, x, V.Create(d));
        p = V.FusedMultiplyAdd(p, x, V.Create(e));
        return V.FusedMultiplyAdd(p, x, V.Create(f));
    }

    /// <summary>ln(1 + x) without the loss of digits near 0: ln u + (x − (u − 1)) / u with u = 1 + x.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Log1p<V>(V x) where V : struct, ILanes<V>
    {
        V u = V.One + x, y = Log(u) + (x - (u - V.One)) / u;
        return V.Select(V.Equals(u, V.Create(double.PositiveInfinity)), u, V.Select(V.Equals(u, V.Zero), Log(u), y));
    }

    /// <summary>tanh x: in float32 an odd polynomial near 0, else 1 − 2 / (e²ˣ + 1).</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Tanh<V>(V x) where V : struct, ILanes<V>
    {
        if (V.IsDouble)
            return Tanh64(x);
        V a = V.Abs(x), z = x * x;
        V small = Horner5(z, 0, -5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1,
            -3.33332819422e-1);
        small = V.FusedMultiplyAdd(small * z, a, a);
        V large = V.One - V.Create(2) / (Exp(a + a) + V.One);
        return V.CopySign(V.Select(V.GreaterThan(a, V.Create(0.625)), large, small), x);
    }

    // Not inlined: the formulas of both precisions together exceed what the compiler is willing to inline.
    [MethodImpl(NoInlining)]
    static V Tanh64<V>(V x) where V : struct, ILanes<V>
    {
        V a = V.Abs(x), t = Expm1(V.Clamp(a + a, V.Zero, V.Create(40)));
        return V.CopySign(t / (t + V.Create(2)), x);
    }

    /// <summary>
    /// 1 / (1 + e⁻ˣ), from e^−|x| so that nothing overflows. The bits that the two additions drop are put
    /// back at the end: without them the error passes 2 units in the last place.
    /// </summary>
    [MethodImpl(AggressiveInlining)]
    public static V Sigmoid<V>(V x) where V : struct, ILanes<V>
    {
        V a = V.Clamp(-V.Abs(x), V.Create(V.IsDouble ? -746 : -105), V.Zero);
        V n = V.Round(a * V.Create(1.4426950408889634)), r = Remainder(a, n);
        V q = V.FusedMultiplyAdd(ExpTail(r), r * r, r), p = q + V.One, dropped = q - (p - V.One);
        V e = V.ScaleByPowerOfTwo(p, n), negative = V.GreaterThan(V.Zero, x);
        V sum = V.One + e, y = V.Select(negative, e, V.One) / sum;
        return V.FusedMultiplyAdd(y, V.Select(negative, dropped, V.Zero) - (e - (sum - V.One)), y);
    }

    /// <summary>
    /// erf x: an odd polynomial up to |x| = 1, beyond it 1 − e^−x² · P(1 / (1 + |x|/2)). The coefficients interpolate
    /// erf and e^x² erfc at Chebyshev's points, computed with 50 digits.
    /// </summary>
    [MethodImpl(AggressiveInlining)]
    public static V Erf<V>(V x) where V : struct, ILanes<V>
    {
        V a = V.Clamp(V.Abs(x), V.Zero, V.Create(V.IsDouble ? 6 : 4)), z = a * a;
        V s = V.One / V.FusedMultiplyAdd(a, V.Create(0.5), V.One) - V.Create(0.5);
        V large = V.One - Exp(-z) * (V.IsDouble ? ErfTail64(s) : ErfTail32(s));
        V small = a * (V.IsDouble ? ErfCore64(z) : ErfCore32(z));
        return V.CopySign(V.Select(V.GreaterThan(a, V.One), large, small), x);
    }

    [MethodImpl(AggressiveInlining)]
    static V ErfCore32<V>(V z) where V : struct, ILanes<V> => V.FusedMultiplyAdd(Horner5(z, 7.875875059207024e-05,
        -0.0008016864286032994, 0.005189087423292007, -0.02685421201054097, 0.11283594715157716, -0.37612626666720017),
        z, V.Create(1.1283791658483509));

    [MethodImpl(AggressiveInlining)]
    static V ErfTail32<V>(V s) where V : struct, ILanes<V>
    {
        V p = Horner5(s, 0.12085243316317101, -0.05354175831351077, -0.22383537323519864, 0.059714261620848155,
            0.6318281861802679, 0.9666328443628978);
        p = V.FusedMultiplyAdd(p, s, V.Create(0.8543716952286861));
        return V.FusedMultiplyAdd(p, s, V.Create(0.25539567625190335));
    }

    [MethodImpl(AggressiveInlining)]
    static V ErfCore64<V>(V z) where V : struct, ILanes<V>
    {
        V p = Horner5(z, 5.957176144952467e-11, -1.1372848855042739e-09, 1.4659775273566131e-08, -1.6350312700978063e-07,
            1.6461000484113562e-06, -1.492559526683065e-05);
        p = Horner5(z, p, 0.00012055331111642686, -0.0008548326980833789, 0.0052239776248180145, -0.026866170645076792,
            0.11283791670954879);
        p = V.FusedMultiplyAdd(p, z, V.Create(-0.3761263890318375));
        return V.FusedMultiplyAdd(p, z, V.Create(1.1283791670955126));
    }

    [MethodImpl(AggressiveInlining)]
    static V ErfTail64<V>(V s) where V : struct, ILanes<V>
    {
        V p = Horner5(s, 0.05525079397811252, -0.03488282611322576, -0.03860324422656191, 0.062082509107338674,
            -0.011408352736205234, -0.0572132241480559);
        p = Horner5(s, p, 0.05648356285297825, 0.028186091889875014, -0.08927291671240839, 0.011150234161959609,
            0.12569305940068978);
        p = Horner5(s, p, -0.0542171680589046, -0.2239187756544142, 0.05972627846924422, 0.631828648125857,
            0.9666327769698658);
        p = V.FusedMultiplyAdd(p, s, V.Create(0.8543716948279168));
        return V.FusedMultiplyAdd(p, s, V.Create(0.25539567631050575));
    }

    /// <summary>sin x; float32 is right to |x| = 10⁵, float64 to 10⁹.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Sin<V>(V x) where V : struct, ILanes<V> => Wave(x, V.Zero);

    /// <summary>cos x; the range is that of <see cref="Sin"/>.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Cos<V>(V x) where V : struct, ILanes<V> => Wave(x, V.One);

    // sin(x + shift·π/2): the quadrant tells which series to take, and its sign. π/2 is subtracted in three parts, each
    // the nearest number to what the ones before leave: with fused multiply-adds the first difference is exact.
    [MethodImpl(AggressiveInlining)]
    static V Wave<V>(V x, V shift) where V : struct, ILanes<V>
    {
        V n = V.Round(x * V.Create(0.63661977236758134));
        V r = V.FusedMultiplyAdd(n, V.Create(V.IsDouble ? -1.5707963267948966 : -1.5707963705062866), x);
        r = V.FusedMultiplyAdd(n, V.Create(V.IsDouble ? -6.123233995736766e-17 : 4.371138828673793e-08), r);
        r = V.FusedMultiplyAdd(n, V.Create(V.IsDouble ? 1.4973849048591698e-33 : 1.7151245100058819e-15), r);
        n += shift;
        V half = V.Create(0.5), quadrant = n - V.Create(4) * V.Floor(n * V.Create(0.25)), z = r * r;
        V odd = V.Equals(quadrant - V.Create(2) * V.Floor(quadrant * half), V.One);
        V y = V.Select(odd, CosSeries(z), V.FusedMultiplyAdd(SinSeries(z) * z, r, r));
        return V.Select(V.GreaterThan(quadrant, V.Create(1.5)), -y, y);
    }

    // (sin r − r) / r³ for |r| ≤ π/4.
    [MethodImpl(AggressiveInlining)]
    static V SinSeries<V>(V z) where V : struct, ILanes<V>
    {
        V p = V.IsDouble
            ? V.FusedMultiplyAdd(Horner5(z, -1.0 / 121645100408832000, 1.0 / 355687428096000, -1.0 / 1307674368000,
                1.0 / 6227020800, -1.0 / 39916800, 1.0 / 362880), z, V.Create(-1.0 / 5040))
            : V.FusedMultiplyAdd(V.Create(1.0 / 362880), z, V.Create(-1.0 / 5040));
        return V.FusedMultiplyAdd(V.FusedMultiplyAdd(p, z, V.Create(1.0 / 120)), z, V.Create(-1.0 / 6));
    }

    [MethodImpl(AggressiveInlining)]
    static V CosSeries<V>(V z) where V : struct, ILanes<V>
    {
        V p = V.IsDouble
            ? V.FusedMultiplyAdd(Horner5(z, -1.0 / 6402373705728000, 1.0 / 20922789888000, -1.0 / 87178291200,
                1.0 / 479001600, -1.0 / 3628800, 1.0 / 40320), z, V.Create(-1.0 / 720))
            : Horner2(z, -1.0 / 3628800, 1.0 / 40320, -1.0 / 720);
        p = V.FusedMultiplyAdd(V.FusedMultiplyAdd(p, z, V.Create(1.0 / 24)), z, V.Create(-0.5));
        return V.FusedMultiplyAdd(p, z, V.One);
    }

    [MethodImpl(AggressiveInlining)]
    static V Horner2<V>(V x, double a, double b, double c) where V : struct, ILanes<V> =>
        V.FusedMultiplyAdd(V.FusedMultiplyAdd(V.Create(a), x, V.Create(b)), x, V.Create(c));
}
