using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>The inverse circular functions as formulas over lanes: the same bits at every width.</summary>
static class InverseTrigonometry
{
    /// <summary>The angle in −π/2 … π/2 whose tangent is x.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Atan<V>(V x) where V : struct, ILanes<V>
    {
        V a = V.Abs(x), steep = V.GreaterThan(a, V.One);
        V angle = SmallAtan(V.Select(steep, V.One / a, a));
        return V.CopySign(V.Select(steep, V.Create(Math.PI / 2) - angle, angle), x);
    }

    /// <summary>The angle in −π … π of the point (x, y).</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Atan2<V>(V y, V x) where V : struct, ILanes<V>
    {
        V height = V.Abs(y), width = V.Abs(x), least = V.Min(height, width), most = V.Max(height, width);
        V ratio = V.Select(V.Equals(least, most), V.One, least / most);
        V angle = SmallAtan(V.Select(V.Equals(most, V.Zero), V.Zero, ratio));
        angle = V.Select(V.GreaterThan(height, width), V.Create(Math.PI / 2) - angle, angle);
        V isLeft = V.GreaterThan(V.Zero, V.CopySign(V.One, x));
        return V.CopySign(V.Select(isLeft, V.Create(Math.PI) - angle, angle), y);
    }

    /// <summary>The angle in −π/2 … π/2 whose sine is x; NaN outside −1 … 1.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Asin<V>(V x) where V : struct, ILanes<V> => Atan2(x, V.Sqrt((V.One - x) * (V.One + x)));

    /// <summary>The angle in 0 … π whose cosine is x; NaN outside −1 … 1.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Acos<V>(V x) where V : struct, ILanes<V> => Atan2(V.Sqrt((V.One - x) * (V.One + x)), x);

    // atan a for 0 ≤ a ≤ 1: beyond tan(π/8) it is π/4 + atan((a − 1) / (a + 1)); then Moshier's rational formula
    // (Cephes, atan.c), good to 2⁻⁵³.
    [MethodImpl(AggressiveInlining)]
    static V SmallAtan<V>(V a) where V : struct, ILanes<V>
    {
        V far = V.GreaterThan(a, V.Create(0.41421356237309503));
        V r = V.Select(far, (a - V.One) / (a + V.One), a), z = r * r;
        V p = V.FusedMultiplyAdd(V.Create(-8.750608600031904122785e-1), z, V.Create(-1.615753718733365076637e1));
        p = V.FusedMultiplyAdd(p, z, V.Create(-7.500855792314704667340e1));
        p = V.FusedMultiplyAdd(p, z, V.Create(-1.228866684490136173410e2));
        p = V.FusedMultiplyAdd(p, z, V.Create(-6.485021904942025371773e1));
        V q = z + V.Create(2.485846490142306297962e1);
        q = V.FusedMultiplyAdd(q, z, V.Create(1.650270098316988542046e2));
        q = V.FusedMultiplyAdd(q, z, V.Create(4.328810604912902668951e2));
        q = V.FusedMultiplyAdd(q, z, V.Create(4.853903996359136964868e2));
        q = V.FusedMultiplyAdd(q, z, V.Create(1.945506571482613964425e2));
        V angle = V.FusedMultiplyAdd(z * p / q, r, r);
        return V.Select(far, V.Create(Math.PI / 4) + angle, angle);
    }
}
