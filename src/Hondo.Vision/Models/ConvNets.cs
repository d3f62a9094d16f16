using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Models;

/// <summary>
/// Small convolutional networks for images from 28×28 on. Each takes [height, width, channels] and gives raw scores,
/// one for each class.
/// </summary>
public static class ConvNets
{
    const int SmallestLeNet = 12, SmallestCnn = 10;

    /// <summary>
    /// LeNet-5 with ReLU and max pooling: 61,706 parameters for 28×28 grey images and ten classes, which it takes with
    /// a border of 2 pixels as the paper's 32×32. (LeCun et al. 1998, Gradient-based learning applied to document
    /// recognition)
    /// </summary>
    /// <param name="input">[height, width, channels], at least 12×12.</param>
    /// <param name="classes">How many classes.</param>
    /// <exception cref="ArgumentException">The samples are no images, or too small ones.</exception>
    public static Sequential LeNet5(Shape input, int classes)
    {
        var (height, width, channels) = ImageSizes.Of("lenet5", input, SmallestLeNet);
        int border = height < 32 || width < 32 ? 2 : 0;
        int rows = (((height + 2 * border - 4) / 2) - 4) / 2, columns = (((width + 2 * border - 4) / 2) - 4) / 2;
        return new(new Conv2d(channels, 6, 5, padding: border), new Relu(), new MaxPool2d(2),
            new Conv2d(6, 16, 5), new Relu(), new MaxPool2d(2), new Flatten(),
            new Linear(rows * columns * 16, 120), new Relu(), new Linear(120, 84), new Relu(), new Linear(84, classes));
    }

    /// <summary>
    /// Two convolutions of 32 and 64 channels, each pooled, then dropout and one linear layer: Keras's "Simple MNIST
    /// convnet", 34,826 parameters for 28×28 grey images and ten classes, more than 99 % on MNIST.
    /// </summary>
    /// <param name="input">[height, width, channels], at least 10×10.</param>
    /// <param name="classes">How many classes.</param>
    /// <param name="dropout">The rate before the linear layer.</param>
    /// <exception cref="ArgumentException">The samples are no images, or too small ones.</exception>
    public static Sequential Cnn(Shape input, int classes, double dropout = 0.5)
    {
        var (height, width, channels) = ImageSizes.Of("cnn", input, SmallestCnn);
        int rows = ((height - 2) / 2 - 2) / 2, columns = ((width - 2) / 2 - 2) / 2;
        return new(new Conv2d(channels, 32, 3), new Relu(), new MaxPool2d(2),
            new Conv2d(32, 64, 3), new Relu(), new MaxPool2d(2), new Flatten(), new Dropout(dropout),
            new Linear(rows * columns * 64, classes));
    }

    /// <summary>
    /// VGG's plan with batch norm: blocks of 3×3 convolutions of one width, each block pooled to half the size, then a
    /// hidden layer. (Simonyan and Zisserman 2014, arXiv:1409.1556; batch norm: Ioffe and Szegedy 2015)
    /// </summary>
    /// <param name="input">[height, width, channels], each side at least 2 to the power of the blocks.</param>
    /// <param name="classes">How many classes.</param>
    /// <param name="widths">Channels of each block.</param>
    /// <param name="depth">Convolutions in a block, from 1.</param>
    /// <param name="hidden">Units of the hidden layer.</param>
    /// <param name="dropout">The rate behind the hidden layer.</param>
    /// <exception cref="ArgumentException">The samples are no images, or too small ones; or a number is out of its
    /// range.</exception>
    public static Sequential Vgg(Shape input, int classes, IReadOnlyList<int> widths, int depth = 2, int hidden = 128,
        double dropout = 0.5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(widths.Count, 1, nameof(widths));
        var (height, width, channels) = ImageSizes.Of("vgg", input, 1 << widths.Count);
        List<Layer> layers = [];
        foreach (int outputs in widths)
        {
            for (int i = 0; i < depth; i++, channels = outputs)
                layers.AddRange([
                    new Conv2d(channels, outputs, 3, padding: 1, bias: false), new BatchNorm(outputs), new Relu()]);
            layers.Add(new MaxPool2d(2));
            (height, width) = (height / 2, width / 2);
        }
        return new([.. layers, new Flatten(), new Linear(height * width * channels, hidden, bias: false),
            new BatchNorm(hidden), new Relu(), new Dropout(dropout), new Linear(hidden, classes)]);
    }
}

/// <summary>What networks for images ask of a sample.</summary>
static class ImageSizes
{
    /// <summary>Height, width and channels of a sample.</summary>
    /// <exception cref="ArgumentException">The sample is no image, or too small a one.</exception>
    public static (int Height, int Width, int Channels) Of(string model, Shape input, int smallest)
    {
        if (input is not [var height, var width, var channels])
            throw new ArgumentException($"{model} takes images [height, width, channels], but a sample is {input}. "
                + "For rows of numbers use mlp.", nameof(input));
        return height >= smallest && width >= smallest ? (height, width, channels)
            : throw new ArgumentException($"{model} needs images of at least {smallest}×{smallest} pixels, but a "
                + $"sample is {input}. Scale them up, or use cnn or mlp.", nameof(input));
    }
}
