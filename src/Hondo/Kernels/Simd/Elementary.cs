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
    public static V Exp<V>(V x) where V : struct, ILanes<V> =>
        BoundedExp(V.Clamp(x, V.Create(V.IsDouble ? -746 : -104), V.Create(V.IsDouble ? 710 : 89)));

    [MethodImpl(AggressiveInlining)]
    static V BoundedExp<V>(V x) where V : struct, ILanes<V>
    {
        (V n, V r) = Reduce(x);
        V p = V.FusedMultiplyAdd(V.FusedMultiplyAdd(ExpTail(r), r, V.One), r, V.One);
        return V.ScaleByPowerOfTwo(p, n);
    }

    /// <summary>eˣ − 1 without the loss of digits near 0.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Expm1<V>(V x) where V : struct, ILanes<V>
    {
        V limited = V.Clamp(x, V.Create(-50), V.Create(V.IsDouble ? 710 : 89));
        return V.CopySign(BoundedExpm1(limited), x);
    }

    [MethodImpl(AggressiveInlining)]
    static V BoundedExpm1<V>(V x) where V : struct, ILanes<V>
    {
        (V n, V r) = Reduce(x);
        V p = V.FusedMultiplyAdd(ExpTail(r) * r, r, r);
        // Half of the result first: 2ⁿ alone overflows below the largest x.
        V half = V.ScaleByPowerOfTwo(V.Create(0.5), n);
        V y = V.FusedMultiplyAdd(half, p, half - V.Create(0.5));
        return y + y;
    }

    [MethodImpl(AggressiveInlining)]
    static (V N, V R) Reduce<V>(V x) where V : struct, ILanes<V>
    {
        V n = V.Round(x * V.Create(1.4426950408889634));
        V r = V.FusedMultiplyAdd(n, V.Create(V.IsDouble ? -6.93147180369123816490e-01 : -0.693145751953125), x);
        return (n, V.FusedMultiplyAdd(n,
            V.Create(V.IsDouble ? -1.90821492927058770002e-10 : -1.42860682030941723e-6), r));
    }

    // (eʳ − 1 − r) / r², |r| ≤ 0.347. All polynomials here are the best ones for their range, found by Lawson's
    // algorithm with the coefficients rounded one after the other.
    [MethodImpl(AggressiveInlining)]
    static V ExpTail<V>(V r) where V : struct, ILanes<V>
    {
        if (!V.IsDouble)
        {
            V q = Next(V.Create(0.0013869808), r, 0.0083664507);
            return Next(Next(Next(q, r, 0.0416674465), r, 0.16666545), r, 0.49999997);
        }
        V p = Next(V.Create(2.5058923738276347e-08), r, 2.762655976141889e-07);
        p = Next(p, r, 2.755739195294098e-06);
        p = Next(p, r, 2.480150394837539e-05);
        p = Next(p, r, 0.0001984126973598072);
        p = Next(p, r, 0.0013888888932700788);
        p = Next(p, r, 0.008333333333381744);
        p = Next(p, r, 0.04166666666657302);
        p = Next(p, r, 0.16666666666666602);
        return Next(p, r, 0.5000000000000006);
    }

    // One step of Horner's scheme.
    [MethodImpl(AggressiveInlining)]
    static V Next<V>(V p, V x, double coefficient) where V : struct, ILanes<V> =>
        V.FusedMultiplyAdd(p, x, V.Create(coefficient));

    // (2 artanh s − 2s) / s³ of z = s², s ≤ 0.172.
    [MethodImpl(AggressiveInlining)]
    static V LogSeries<V>(V z) where V : struct, ILanes<V>
    {
        if (!V.IsDouble)
            return Next(Next(V.Create(0.29871917), z, 0.39977556), z, 0.66666776);
        V p = Next(V.Create(0.14798786106646208), z, 0.15313785520434242);
        p = Next(p, z, 0.1818357391619995);
        p = Next(p, z, 0.222221984046053);
        p = Next(p, z, 0.28571428743860344);
        p = Next(p, z, 0.39999999999408914);
        return Next(p, z, 0.6666666666666735);
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
        V series = LogSeries(z);
        // 2s = f − s·f exactly in spirit: it keeps the digits that 2s alone would lose.
        V log = V.FusedMultiplyAdd(-s, f - z * series, f);
        V y = V.FusedMultiplyAdd(e, V.Create(V.IsDouble ? 1.90821492927058770002e-10 : 1.42860682030941723e-6), log);
        y = V.FusedMultiplyAdd(e, V.Create(V.IsDouble ? 6.93147180369123816490e-01 : 0.693145751953125), y);
        V infinity = V.Create(double.PositiveInfinity);
        y = V.Select(V.Equals(x, infinity), infinity, y);
        y = V.Select(V.Equals(x, V.Zero), -infinity, y);
        return V.Select(V.GreaterThanOrEqual(x, V.Zero), y, V.Create(double.NaN));
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
        V a = V.Abs(x), z = a * a;
        if (V.IsDouble)
        {
            V t = BoundedExpm1(V.Clamp(a + a, V.Zero, V.Create(40)));
            return V.CopySign(t / (t + V.Create(2)), x);
        }
        V far = V.One - V.Create(2) / (Exp(a + a) + V.One), near = V.FusedMultiplyAdd(TanhSeries(z) * z, a, a);
        return V.CopySign(V.Select(V.GreaterThan(a, V.Create(0.625)), far, near), x);
    }

    // (tanh x / x − 1) / z of z = x², |x| ≤ 0.625: float64's quotient would be wrong by 2.5 units in float32.
    [MethodImpl(AggressiveInlining)]
    static V TanhSeries<V>(V z) where V : struct, ILanes<V>
    {
        V p = Next(V.Create(-0.00569585105), z, 0.020630872);
        return Next(Next(Next(p, z, -0.0537371524), z, 0.133314103), z, -0.33333281);
    }

    /// <summary>1 / (1 + e⁻ˣ), from e^−|x| so that nothing overflows.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Sigmoid<V>(V x) where V : struct, ILanes<V>
    {
        V negative = V.CopySign(x, V.Create(-1));
        V e = BoundedExp(V.AtLeast(negative, V.Create(V.IsDouble ? -746 : -104))), rest = e / (V.One + e);
        // c − c·rest for c = e or 1: the quotient c / (1 + e) would be wrong by 2.4 units.
        V c = V.Select(V.GreaterThan(V.Zero, x), e, V.One);
        return V.FusedMultiplyAdd(-c, rest, c);
    }

    /// <summary>
    /// erf x: below 1 an odd polynomial, above it 1 − e^(ln erfc x) with a polynomial for the exponent.
    /// </summary>
    [MethodImpl(AggressiveInlining)]
    public static V Erf<V>(V x) where V : struct, ILanes<V>
    {
        V a = V.Abs(x), near = V.FusedMultiplyAdd(ErfSeries(a * a), a, a);
        V far = V.One - Exp(LogErfc(V.Clamp(a, V.Zero, V.Create(V.IsDouble ? 6 : 4))));
        return V.CopySign(V.Select(V.GreaterThan(a, V.One), far, near), x);
    }

    // erf x / x − 1 of z = x² ≤ 1.
    [MethodImpl(AggressiveInlining)]
    static V ErfSeries<V>(V z) where V : struct, ILanes<V>
    {
        if (!V.IsDouble)
        {
            V q = Next(Next(V.Create(7.8173165e-05), z, -0.00079999625), z, 0.0051872963);
            return Next(Next(Next(Next(q, z, -0.026853373), z, 0.11283579), z, -0.37612626), z, 0.12837917);
        }
        V p = Next(V.Create(-7.710141351147969e-10), z, 1.3671883795572365e-08);
        p = Next(p, z, -1.6196761866022428e-07);
        p = Next(p, z, 1.6445807559744958e-06);
        p = Next(p, z, -1.4924597782075743e-05);
        p = Next(p, z, 0.00012055287173740238);
        p = Next(p, z, -0.0008548325697479428);
        p = Next(p, z, 0.005223977600825638);
        p = Next(p, z, -0.02686617064239472);
        p = Next(p, z, 0.11283791670939074);
        p = Next(p, z, -0.3761263890318337);
        return Next(p, z, 0.12837916709551256);
    }

    // ln(1 − erf a) for 1 ≤ a ≤ 4 (float) or 6 (double).
    [MethodImpl(AggressiveInlining)]
    static V LogErfc<V>(V a) where V : struct, ILanes<V>
    {
        if (!V.IsDouble)
        {
            V q = Next(Next(V.Create(0.00018635645), a, -0.0029474495), a, 0.0218373016);
            return Next(Next(Next(Next(q, a, -0.103105329), a, -0.63814628), a, -1.12708843), a, -0.00034168654);
        }
        V x = a - V.Create(2), p = Next(V.Create(-4.912618704391086e-12), x, 3.684492983190278e-11);
        p = Next(p, x, -7.156289890603975e-11);
        p = Next(p, x, -2.5797110067411366e-10);
        p = Next(p, x, 2.610193980674457e-09);
        p = Next(p, x, -1.398760339483543e-08);
        p = Next(p, x, 5.7694888480521055e-08);
        p = Next(p, x, -1.7317469064997515e-07);
        p = Next(p, x, 2.037282884441762e-07);
        p = Next(p, x, 1.9521890442958586e-06);
        p = Next(p, x, -2.0706470916973525e-05);
        p = Next(p, x, 0.00013530932996436777);
        p = Next(p, x, -0.0007323993779839245);
        p = Next(p, x, 0.003570756347950417);
        p = Next(p, x, -0.01646511813738);
        p = Next(p, x, -0.9237508418239503);
        p = Next(p, x, -4.418160805994414);
        return Next(p, x, -5.364941264616636);
    }

    /// <summary>sin x, to |x| = 10⁵; beyond that merely a number from −1 to 1.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Sin<V>(V x) where V : struct, ILanes<V> => V.Select(V.Equals(x, V.Zero), x, Wave(x, V.Zero));

    /// <summary>cos x, to |x| = 10⁵; beyond that merely a number from −1 to 1.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Cos<V>(V x) where V : struct, ILanes<V> => Wave(x, V.One);

    // sin(x + shift·π/2): the quadrant tells which series to take and its sign. π/2 in three parts, whose product with
    // a small n the fused multiply-add takes away without rounding.
    [MethodImpl(AggressiveInlining)]
    static V Wave<V>(V x, V shift) where V : struct, ILanes<V>
    {
        V n = V.Round(x * V.Create(0.63661977236758134)), limit = V.Create(0.8);
        V r = V.FusedMultiplyAdd(n, V.Create(V.IsDouble ? -1.5707963267948966 : -1.57079637050628662), x);
        r = V.FusedMultiplyAdd(n, V.Create(V.IsDouble ? -6.123233995736766e-17 : 4.37113882867379e-8), r);
        r = V.FusedMultiplyAdd(n, V.Create(V.IsDouble ? 1.4973849048591698e-33 : 1.71512451e-15), r);
        r = V.Clamp(r, -limit, limit);
        V quadrant = n + shift, pair = V.Floor(quadrant * V.Create(0.5)), z = r * r;
        V sin = V.FusedMultiplyAdd(SinSeries(z) * z, r, r);
        V cos = V.FusedMultiplyAdd(CosSeries(z) * z, z, V.FusedMultiplyAdd(z, V.Create(-0.5), V.One));
        V y = V.Select(V.Equals(quadrant, pair + pair), sin, cos), half = V.Create(0.5) * pair;
        return V.Select(V.Equals(V.Floor(half), half), y, -y);
    }

    // (sin r / r − 1) / z of z = r², |r| ≤ π/4.
    [MethodImpl(AggressiveInlining)]
    static V SinSeries<V>(V z) where V : struct, ILanes<V>
    {
        if (!V.IsDouble)
            return Next(Next(V.Create(-0.000195080895), z, 0.0083321063), z, -0.16666654);
        V p = Next(V.Create(1.5895555583449202e-10), z, -2.5050736277927904e-08);
        p = Next(p, z, 2.755731354873578e-06);
        p = Next(p, z, -0.00019841269829380843);
        p = Next(p, z, 0.008333333333321856);
        return Next(p, z, -0.1666666666666663);
    }

    // (cos r − 1 + z/2) / z² of z = r², |r| ≤ π/4.
    [MethodImpl(AggressiveInlining)]
    static V CosSeries<V>(V z) where V : struct, ILanes<V>
    {
        if (!V.IsDouble)
            return Next(Next(V.Create(2.4432329e-05), z, -0.00138873095), z, 0.041666646);
        V p = Next(V.Create(-1.1357583719805477e-11), z, 2.0875682041650284e-09);
        p = Next(p, z, -2.755731403760094e-07);
        p = Next(p, z, 2.4801587288347983e-05);
        p = Next(p, z, -0.0013888888888872227);
        return Next(p, z, 0.04166666666666659);
    }
}

/// <summary>sinh and cosh as formulas over lanes: the same bits at every width.</summary>
static class Hyperbolic
{
    /// <summary>sinh x.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Sinh<V>(V x) where V : struct, ILanes<V>
    {
        V a = V.Abs(x), half = HalfExp(a), t = Elementary.Expm1(V.Min(a, V.One));
        V near = V.Create(0.5) * (t + t / (t + V.One));
        return V.CopySign(V.Select(V.GreaterThan(a, V.One), half - V.Create(0.25) / half, near), x);
    }

    /// <summary>cosh x.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Cosh<V>(V x) where V : struct, ILanes<V>
    {
        V half = HalfExp(V.Abs(x));
        return half + V.Create(0.25) / half;
    }

    // ½eᵃ in two factors: sinh and cosh are still finite where eᵃ is not.
    [MethodImpl(AggressiveInlining)]
    static V HalfExp<V>(V a) where V : struct, ILanes<V>
    {
        V root = V.Exp(V.Create(0.5) * a);
        return V.Create(0.5) * root * root;
    }
}

/// <summary>
/// Elementary functions of single numbers in Hondo's own formulas: those of the C runtime differ between machines, and
/// with them whatever is drawn by chance.
/// </summary>
public static class PortableMath
{
    /// <summary>sin x.</summary>
    public static double Sin(double x) => Value(Elementary.Sin(new Scalar<double>(x)));

    /// <summary>cos x.</summary>
    public static double Cos(double x) => Value(Elementary.Cos(new Scalar<double>(x)));

    /// <summary>e^x.</summary>
    public static double Exp(double x) => Value(Elementary.Exp(new Scalar<double>(x)));

    /// <summary>ln x.</summary>
    public static double Log(double x) => Value(Elementary.Log(new Scalar<double>(x)));

    static double Value(Scalar<double> x)
    {
        double result = 0;
        Scalar<double>.Store(x, ref result, 0);
        return result;
    }
}
