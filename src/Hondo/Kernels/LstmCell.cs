using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber 1997; forget gate of Gers et al. 2000)
/// i, f, o = σ(sums), g = tanh(sum)      c' = f·c + i·g      h' = o·tanh(c')
/// slots i, f, g, o as in PyTorch's files
/// </summary>
public readonly struct LstmCell : ICell
{
    /// <inheritdoc/>
    public static string Name => "LSTM";

    /// <inheritdoc/>
    public static int Slots => 4;

    /// <inheritdoc/>
    public static int InputGates => 4;

    /// <inheritdoc/>
    public static int StateGates => 4;

    /// <inheritdoc/>
    public static bool HasMemory => true;

    /// <inheritdoc/>
    public static int Sigmoids => 0b1011;

    /// <inheritdoc/>
    public static int Tanhs => 0b0100;

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static void Forward<V>(ref V i, ref V f, ref V g, ref V o, ref V h, ref V c) where V : struct, ILanes<V>
    {
        c = V.FusedMultiplyAdd(f, c, i * g);
        h = o * V.Tanh(c);
    }

    // tanh(c') anew: reading it from memory would cost more than computing it.
    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static void Backward<V>(ref V i, ref V f, ref V g, ref V o, V lastH, V lastC, ref V dh, ref V dc)
        where V : struct, ILanes<V>
    {
        V t = V.Tanh(V.FusedMultiplyAdd(f, lastC, i * g));
        dc += dh * o * (V.One - t * t);
        V di = dc * g * i * (V.One - i), df = dc * lastC * f * (V.One - f), dg = dc * i * (V.One - g * g);
        dc *= f;
        o = dh * t * o * (V.One - o);
        i = di;
        f = df;
        g = dg;
        dh = V.Zero;
    }
}
