using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>
/// Weights [3, 3, channels, outputs] as 36 matrices of channels × outputs, in panels as a product reads them.
/// </summary>
readonly unsafe struct WinogradWeights<V, S, L> : IJob
    where V : struct where S : struct, IRegister<float, V> where L : struct, ILanes<L, float>
{
    const int Kernel = 3, Taps = 9, ChannelsAtOnce = 8, MostLanes = 16;

    readonly float* _weights, _transformed;
    readonly int _channels, _outputs;

    WinogradWeights(float* weights, int channels, int outputs, float* transformed)
    {
        _weights = weights;
        (_channels, _outputs) = (channels, outputs);
        _transformed = transformed;
    }

    /// <summary>Numbers of all transformed weights.</summary>
    public static nint Length(int channels, int outputs) =>
        WinogradShape.Numbers * WinogradShape.OddLines((nint)channels * outputs);

    /// <summary>Transforms weights.</summary>
    /// <param name="weights">[3, 3, channels, outputs].</param>
    /// <param name="channels">Channels.</param>
    /// <param name="outputs">Outputs.</param>
    /// <param name="transformed">Room for <see cref="Length"/> numbers.</param>
    public static void Transform(float* weights, int channels, int outputs, float* transformed) =>
        Workers.Run((channels + ChannelsAtOnce - 1) / ChannelsAtOnce,
            new WinogradWeights<V, S, L>(weights, channels, outputs, transformed));

    /// <summary>Flips and transposes weights [3, 3, outputs, channels], for the way back.</summary>
    public static void Turn(float* weights, int channels, int outputs, float* turned)
    {
        nint place = (nint)channels * outputs;
        for (int tap = 0; tap < Taps; tap++)
            PackedPanels<float, V, S>.CopyColumns(new(weights + (Taps - 1 - tap) * place, 1, channels), channels,
                outputs, turned + tap * place, outputs);
    }

    /// <summary>Transforms some channels.</summary>
    public void Run(int part)
    {
        int end = Math.Min(_channels, (part + 1) * ChannelsAtOnce);
        for (int channel = part * ChannelsAtOnce; channel < end; channel++)
            Run((nint)channel);
    }

    [MethodImpl(AggressiveOptimization)]
    void Run(nint channel)
    {
        const int points = 6;
        float* temp = stackalloc float[Kernel * points * MostLanes];
        nint place = (nint)_channels * _outputs, step = WinogradShape.OddLines(place);
        int panel = PackedPanels<float, V, S>.Width, column = points * L.Width;
        for (int o = 0; o < _outputs; o += L.Width)
        {
            float* from = _weights + channel * _outputs + o;
            for (int x = 0; x < Kernel; x++, from += place)
                WinogradTransforms<L>.Weights(L.Load(ref *from, 0), L.Load(ref *from, Kernel * place),
                    L.Load(ref *from, 2 * Kernel * place), temp + x * column, L.Width);
            int first = o / panel * panel;
            float* to = _transformed + (nint)first * _channels
                + channel * PackedPanels<float, V, S>.Stride(first, _outputs) + (o - first);
            float* q = temp;
            for (int row = 0; row < points; row++, q += L.Width, to += points * step)
                WinogradTransforms<L>.Weights(L.Load(ref *q, 0), L.Load(ref *q, column), L.Load(ref *q, 2 * column),
                    to, step);
        }
    }
}
