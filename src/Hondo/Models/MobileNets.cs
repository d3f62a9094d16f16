using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Models;

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
