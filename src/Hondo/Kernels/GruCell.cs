using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>
/// Gated recurrent unit (Cho et al. 2014, arXiv:1406.1078; reset after the product, as cuDNN and PyTorch have it)
/// r, z = σ(sums)      n = tanh(nₓ + r·nₕ)      h' = (1 − z)·n + z·h      slots r, z, nₕ, and nₓ that becomes n
/// </summary>
public readonly struct GruCell : ICell
{
    /// <inheritdoc/>
    public static string Name => "GRU";

    /// <inheritdoc/>
    public static int Slots => 4;

    /// <inheritdoc/>
    public static int InputGates => 3;

    /// <inheritdoc/>
    public static int StateGates => 3;

    /// <inheritdoc/>
    public static bool HasMemory => false;

    /// <inheritdoc/>
    public static int Sigmoids => 0b0011;

    /// <inheritdoc/>
    public static int Tanhs => 0;

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static void Forward<V>(ref V r, ref V z, ref V fromState, ref V n, ref V h, ref V unused)
        where V : struct, ILanes<V>
    {
        n = V.Tanh(V.FusedMultiplyAdd(r, fromState, n));
        h = V.FusedMultiplyAdd(z, h - n, n);
    }

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static void Backward<V>(ref V r, ref V z, ref V fromState, ref V n, V lastH, V unused, ref V dh,
        ref V dUnused) where V : struct, ILanes<V>
    {
        V dn = dh * (V.One - z) * (V.One - n * n), dz = dh * (lastH - n) * z * (V.One - z);
        dh *= z;
        V dr = dn * fromState * r * (V.One - r);
        fromState = dn * r;
        n = dn;
        z = dz;
        r = dr;
    }
}
