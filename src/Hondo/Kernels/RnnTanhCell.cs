using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>The simple recurrent unit (Elman 1990)      h' = tanh(sum)</summary>
public readonly struct RnnTanhCell : ICell
{
    /// <inheritdoc/>
    public static string Name => "RNN";

    /// <inheritdoc/>
    public static int Slots => 1;

    /// <inheritdoc/>
    public static int InputGates => 1;

    /// <inheritdoc/>
    public static int StateGates => 1;

    /// <inheritdoc/>
    public static bool HasMemory => false;

    /// <inheritdoc/>
    public static int Sigmoids => 0;

    /// <inheritdoc/>
    public static int Tanhs => 0;

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
