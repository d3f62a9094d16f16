using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Models;

/// <summary>
/// Residual networks for small images (He et al. 2015, arXiv:1512.03385, section 4.2): a 3×3 convolution of 16
/// channels, three stages of n blocks with 16, 32 and 64 channels, each stage half the size of the one before, the
/// mean over all pixels, one linear layer: 6n + 2 layers with weights.
/// </summary>
public static class ResNets
{
    static readonly int[] Widths = [16, 32, 64];

    /// <summary>
    /// ResNet-20, -32, -44, -56 or -110. ResNet-20 has 272,474 parameters for 32×32 colour images and ten classes with
    /// 1×1 convolutions and batch norm where the shape changes (the paper's option B), and 269,722 with zeros for the
    /// new channels (option A, the paper's 0.27 million).
    /// </summary>
    /// <param name="input">[height, width, channels].</param>
    /// <param name="classes">How many classes.</param>
    /// <param name="layers">6n + 2.</param>
    /// <param name="projects">True for option B, false for option A.</param>
    /// <exception cref="ArgumentException">The samples are no images, or the layers are not 6n + 2.</exception>
    public static Sequential ForSmallImages(Shape input, int classes, int layers = 20, bool projects = true)
    {
        if (layers < 8 || layers % 6 != 2)
            throw new ArgumentException($"A residual network for small images has 6n + 2 layers: 20, 32, 44, 56 or "
                + $"110, not {layers}.", nameof(layers));
        var (_, _, channels) = ImageSizes.Of("resnet", input, 8);
        List<Layer> all = [.. Convolution(channels, Widths[0], 1), new Relu()];
        int inputs = Widths[0];
        foreach (int outputs in Widths)
            for (int block = 0; block < (layers - 2) / 6; block++, inputs = outputs)
                all.AddRange(Block(inputs, outputs, outputs != inputs ? 2 : 1, projects));
        return new([.. all, new GlobalAveragePool2d(), new Linear(inputs, classes)]);
    }

    static Layer[] Block(int inputs, int outputs, int stride, bool projects) =>
    [
        new Residual(new Sequential([.. Convolution(inputs, outputs, stride), new Relu(),
            .. Convolution(outputs, outputs, 1)]), Shortcut(inputs, outputs, stride, projects)),
        new Relu(),
    ];

    static Layer[] Convolution(int inputs, int outputs, int stride) =>
        [new Conv2d(inputs, outputs, 3, stride, padding: 1, bias: false), new BatchNorm(outputs)];

    static Sequential? Shortcut(int inputs, int outputs, int stride, bool projects) => inputs == outputs ? null
        : projects
            ? new Sequential(new Conv2d(inputs, outputs, 1, stride, bias: false), new BatchNorm(outputs))
            : new Sequential(new Subsample(stride), new ZeroChannels(outputs - inputs));
}

/// <summary>
/// MobileNet (Howard et al. 2017, arXiv:1704.04861): convolutions parted into one that looks at each channel alone and
/// a 1×1 one that mixes the channels, an eighth of the arithmetic. 4,231,976 parameters at full width for colour
/// images and 1,000 classes.
/// </summary>
public static class MobileNets
{
    static readonly (int Width, int Stride)[] Plan =
    [
        (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1), (512, 1), (512, 1), (512, 1), (512, 1),
        (1024, 2), (1024, 1),
    ];

    /// <summary>Version 1.</summary>
    /// <param name="input">[height, width, channels], at least 8×8.</param>
    /// <param name="classes">How many classes.</param>
    /// <param name="width">α, the share of the channels that each layer has, above 0.</param>
    /// <exception cref="ArgumentException">The samples are no images, or too small ones, or the width is not above 0.
    /// </exception>
    public static Sequential Version1(Shape input, int classes, double width = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        var (_, _, channels) = ImageSizes.Of("mobilenet", input, 8);
        int inputs = Scaled(32, width);
        List<Layer> layers =
        [
            new Conv2d(channels, inputs, 3, stride: 2, padding: 1, bias: false), new BatchNorm(inputs), new Relu(),
        ];
        foreach ((int full, int stride) in Plan)
        {
            int outputs = Scaled(full, width);
            layers.AddRange([
                new Conv2d(inputs, inputs, 3, stride, padding: 1, groups: inputs, bias: false), new BatchNorm(inputs),
                new Relu(), new Conv2d(inputs, outputs, 1, bias: false), new BatchNorm(outputs), new Relu()]);
            inputs = outputs;
        }
        return new([.. layers, new GlobalAveragePool2d(), new Linear(inputs, classes)]);
    }

    static int Scaled(int channels, double width) => Math.Max(1, (int)Math.Round(channels * width));
}
