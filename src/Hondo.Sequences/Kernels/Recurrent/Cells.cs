using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>
/// The formula of a recurrent cell, once for every register width. A unit keeps up to four numbers of a step for the
/// way back, in <i>slots</i>: what the input and the last state sent to its gates before, the gates after.
/// </summary>
interface ICell
{
    /// <summary>The name in errors, drawings and files.</summary>
    static abstract string Name { get; }

    /// <summary>How many slots a unit has, from 1 to 4.</summary>
    static virtual int Slots => 1;

    /// <summary>
    /// Gates that the input feeds. With fewer gates than slots the last one lies in the last slot, because its part
    /// from the state is needed alone (GRU).
    /// </summary>
    static virtual int InputGates => 1;

    /// <summary>Gates that the last state feeds: the first slots.</summary>
    static virtual int StateGates => 1;

    /// <summary>True when a unit has a memory beside its output (LSTM).</summary>
    static virtual bool HasMemory => false;

    /// <summary>Bit i: slot i's sum goes through a sigmoid before <see cref="Forward"/>. A loop of one such function
    /// is what the compiler inlines whole; of five it calls some.</summary>
    static virtual int Sigmoids => 0;

    /// <summary>Bit i: slot i's sum goes through tanh before.</summary>
    static virtual int Tanhs => 0;

    /// <summary>One step: makes the other gates, of the last output the next, of the last memory the next.</summary>
    static abstract void Forward<V>(ref V s0, ref V s1, ref V s2, ref V s3, ref V output, ref V memory)
        where V : struct, ILanes<V>;

    /// <summary>
    /// The way back: turns gates into the gradients of the sums, the gradient of this step's output into what goes
    /// past the gates to the last output, and the gradient of this step's memory into that of the last one.
    /// </summary>
    static abstract void Backward<V>(ref V s0, ref V s1, ref V s2, ref V s3, V lastOutput, V lastMemory,
        ref V dOutput, ref V dMemory) where V : struct, ILanes<V>;
}

/// <summary>The simple recurrent unit (Elman 1990)      h' = tanh(sum)</summary>
readonly struct RnnTanhCell : ICell
{
    /// <inheritdoc/>
    public static string Name => "RNN";

    /// <inheritdoc/>
    public static int Slots => 1;

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static void Forward<V>(ref V s, ref V s1, ref V s2, ref V s3, ref V h, ref V unused)
        where V : struct, ILanes<V> => h = s = V.Tanh(s);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static void Backward<V>(ref V s, ref V s1, ref V s2, ref V s3, V lastH, V unused, ref V dh, ref V dUnused)
        where V : struct, ILanes<V>
    {
        s = dh * (V.One - s * s);
        dh = V.Zero;
    }
}

/// <summary>The simple recurrent unit with a ReLU (Le et al. 2015, arXiv:1504.00941)      h' = max(sum, 0)</summary>
readonly struct RnnReluCell : ICell
{
    /// <inheritdoc/>
    public static string Name => "RNN";

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static void Forward<V>(ref V s, ref V s1, ref V s2, ref V s3, ref V h, ref V unused)
        where V : struct, ILanes<V> => h = s = V.Max(s, V.Zero);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static void Backward<V>(ref V s, ref V s1, ref V s2, ref V s3, V lastH, V unused, ref V dh, ref V dUnused)
        where V : struct, ILanes<V>
    {
        s = V.Select(V.GreaterThan(s, V.Zero), dh, V.Zero);
        dh = V.Zero;
    }
}

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber 1997; forget gate of Gers et al. 2000)
/// i, f, o = σ(sums), g = tanh(sum)      c' = f·c + i·g      h' = o·tanh(c')
/// slots i, f, g, o as in PyTorch's files
/// </summary>
readonly struct LstmCell : ICell
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

/// <summary>
/// Gated recurrent unit (Cho et al. 2014, arXiv:1406.1078; reset after the product, as cuDNN and PyTorch have it)
/// r, z = σ(sums)      n = tanh(nₓ + r·nₕ)      h' = (1 − z)·n + z·h      slots r, z, nₕ, and nₓ that becomes n
/// </summary>
readonly struct GruCell : ICell
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
    public static int Sigmoids => 0b0011;

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
