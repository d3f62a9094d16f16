using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Models;

/// <summary>
/// U-Net (Ronneberger, Fischer and Brox 2015, arXiv:1505.04597): a picture is made smaller level by level to see what
/// is in it, and larger again beside what each level saw to say where. Every pixel gets a score for each class.
/// </summary>
public static class UNets
{
    /// <summary>The network, with borders (the answer is as large as the picture) and batch norm.</summary>
    /// <param name="input">[height, width, channels]; sides are multiples of 2 to the power of the levels but one.
    /// </param>
    /// <param name="classes">How many classes a pixel may have.</param>
    /// <param name="widths">Channels of each level, the largest picture first.</param>
    /// <exception cref="ArgumentException">The samples are no images, or their sides cannot be halved often enough.
    /// </exception>
    public static Sequential UNet(Shape input, int classes, IReadOnlyList<int> widths)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(widths.Count, 1, nameof(widths));
        var (height, width, channels) = ImageSizes.Of("unet", input, 1 << (widths.Count - 1));
        int step = 1 << (widths.Count - 1);
        if (height % step != 0 || width % step != 0)
            throw new ArgumentException($"unet with {widths.Count} levels halves a picture {widths.Count - 1} times, "
                + $"but {height}×{width} is not a multiple of {step}: give it pictures of "
                + $"{(height + step - 1) / step * step}×{(width + step - 1) / step * step}, or fewer widths.",
                nameof(input));
        return new([.. Level(channels, widths, 0), new Conv2d(widths[0], classes, kernel: 1)]);
    }

    static Layer[] Level(int channels, IReadOnlyList<int> widths, int level)
    {
        int own = widths[level];
        if (level == widths.Count - 1)
            return Block(channels, own);
        var below = new Sequential([new MaxPool2d(2), .. Level(own, widths, level + 1), new Upsample(2)]);
        return [.. Block(channels, own), new Concat(new Identity(), below), .. Block(own + widths[level + 1], own)];
    }

    static Layer[] Block(int inputs, int outputs) =>
    [
        new Conv2d(inputs, outputs, kernel: 3, padding: 1, bias: false), new BatchNorm(outputs), new Relu(),
        new Conv2d(outputs, outputs, kernel: 3, padding: 1, bias: false), new BatchNorm(outputs), new Relu(),
    ];
}
