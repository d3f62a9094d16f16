using System.Numerics;

namespace Hondo.Kernels;

/// <summary>
/// The weights' gradient of a kernel three wide and of few outputs, as one of a kernel one wide and of three times as
/// many: those of a pixel and of both before it, which lie side by side in dy. So 16 outputs fill three registers, and
/// each number of x is read once for all three: 0.65 of the time.
/// </summary>
static unsafe class ConvolutionThrees<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many pixels are one.</summary>
    public const int Pixels = 3;

    const int MostOutputs = 16, LeastWidth = 16, FewestChannels = 8;

    /// <summary>True where it is faster, by the shape alone: the bits may not depend on the machine.</summary>
    public static bool IsBetter(in ConvolutionSizes sizes) => sizes.Groups == 1 && sizes.Outputs <= MostOutputs
        && sizes.Channels >= FewestChannels
        && sizes.Horizontal is { Kernel: Pixels, Stride: 1, Dilation: 1, Output: >= LeastWidth };

    /// <summary>The convolution whose gradient is computed.</summary>
    public static ConvolutionSizes Joined(in ConvolutionSizes sizes) => sizes with
    {
        Horizontal = sizes.Horizontal with { Kernel = 1, Output = sizes.Horizontal.Output + Pixels - 1 },
        Outputs = Pixels * sizes.Outputs,
    };

    /// <summary>Room for that gradient; valid until the next product.</summary>
    public static T* Room(in ConvolutionSizes sizes) => Scratch.Turned<T>(sizes.WeightLength);

    /// <summary>The gradient of the weights from that of the joined ones.</summary>
    public static void Gather(in ConvolutionSizes sizes, T* joined, T* dw, bool accumulate)
    {
        var (channels, outputs) = (sizes.Channels, sizes.Outputs);
        for (int i = 0; i < sizes.Taps * channels; i++)
        {
            int y = i / (Pixels * channels), x = i / channels % Pixels, channel = i % channels;
            // The pixel itself stands last: the left place of the kernel sees it first.
            T* from = joined + ((nint)(y * channels + channel) * Pixels + Pixels - 1 - x) * outputs;
            for (int o = 0; o < outputs; o++, dw++)
                *dw = accumulate ? *dw + from[o] : from[o];
        }
    }
}
