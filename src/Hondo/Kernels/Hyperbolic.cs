using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>sinh and cosh as formulas over lanes: the same bits at every width.</summary>
public static class Hyperbolic
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
