using Hondo.Initializers;
using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Models;

/// <summary>
/// AlexNet, the network of 2012 (Krizhevsky, Sutskever and Hinton, ImageNet classification with deep convolutional
/// neural networks): five convolutions with local response norm and overlapping pooling, then three linear layers.
/// </summary>
/// <remarks>
/// Parameters for colour images of 224×224 or 227×227 and 1,000 classes: 60,965,224 with the paper's second, fourth
/// and fifth convolution in two groups (it kept each group on a graphics card of its own), 62,378,344 without groups.
/// </remarks>
public static class AlexNets
{
    const int Smallest = 63, Side = 6;

    /// <summary>What its pictures are brought to, and the side of the random windows that it sees of them.</summary>
    public const int PictureSide = 256, WindowSide = 224;

    /// <summary>The network.</summary>
    /// <param name="input">[height, width, channels], at least 63×63; of 256×256 it sees random windows of 224×224 in
    /// training, and else the middle, as published; those of other sizes are pooled.</param>
    /// <param name="classes">How many classes.</param>
    /// <param name="groups">2 as published, or 1.</param>
    /// <param name="dropout">The rate before the two hidden layers.</param>
    /// <param name="hidden">Units of each of the two hidden layers, from 1.</param>
    /// <exception cref="ArgumentException">The samples are no images, or too small ones; or a number is out of its
    /// range.</exception>
    public static Sequential AlexNet(Shape input, int classes, int groups = 2, double dropout = 0.5, int hidden = 4096)
    {
        var (height, width, channels) = ImageSizes.Of("alexnet", input, Smallest);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        bool isCut = (height, width) == (PictureSide, PictureSide);
        (height, width) = isCut ? (WindowSide, WindowSide) : (height, width);
        bool fits = Last(height) == Side && Last(width) == Side;
        return new([
            .. isCut ? [new RandomCrop2d(WindowSide)] : Array.Empty<Layer>(),
            new Conv2d(channels, 96, 11, stride: 4, padding: 2), new Relu(), Norm(), new MaxPool2d(3, stride: 2),
            new Conv2d(96, 256, 5, padding: 2, groups: groups), new Relu(), Norm(), new MaxPool2d(3, stride: 2),
            new Conv2d(256, 384, 3, padding: 1), new Relu(),
            new Conv2d(384, 384, 3, padding: 1, groups: groups), new Relu(),
            new Conv2d(384, 256, 3, padding: 1, groups: groups), new Relu(), new MaxPool2d(3, stride: 2),
            .. fits ? Array.Empty<Layer>() : [new AdaptiveAveragePool2d(Side, Side)],
            new Flatten(), new Dropout(dropout), new Linear(Side * Side * 256, hidden), new Relu(),
            new Dropout(dropout), new Linear(hidden, hidden), new Relu(), new Linear(hidden, classes)]);
    }

    // The paper's α of 0.0001 counts each of the five neighbours whole.
    static LocalResponseNorm Norm() => new(size: 5, alpha: 5e-4, beta: 0.75, offset: 2);

    static int Last(int side) => Pooled(Pooled(Pooled((side + 4 - 11) / 4 + 1)));

    static int Pooled(int side) => (side - 3) / 2 + 1;
}

/// <summary>
/// SqueezeNet (Iandola et al. 2016, arXiv:1602.07360): fire modules, each a 1×1 convolution that squeezes the channels
/// and two, 1×1 and 3×3, that expand them side by side; as exact as AlexNet with a fiftieth of its parameters:
/// 1,248,424 in version 1.0 and 1,235,496 in 1.1 for colour images and 1,000 classes.
/// </summary>
public static class SqueezeNets
{
    const int Smallest = 31;

    // What a fire module squeezes to; it expands to eight times as many. 0 is a pooling.
    static readonly int[] First = [16, 16, 32, 0, 32, 48, 48, 64, 0, 64];
    static readonly int[] Second = [16, 16, 0, 32, 32, 0, 48, 48, 64, 64];

    /// <summary>Version 1.0, as published.</summary>
    /// <param name="input">[height, width, channels], at least 31×31.</param>
    /// <param name="classes">How many classes.</param>
    /// <exception cref="ArgumentException">The samples are no images, or too small ones.</exception>
    public static Sequential Version10(Shape input, int classes) => Make(input, classes, 96, 7, First);

    /// <summary>Version 1.1: the same exactness with 2.4 times less arithmetic.</summary>
    /// <param name="input">[height, width, channels], at least 31×31.</param>
    /// <param name="classes">How many classes.</param>
    /// <exception cref="ArgumentException">The samples are no images, or too small ones.</exception>
    public static Sequential Version11(Shape input, int classes) => Make(input, classes, 64, 3, Second);

    static Sequential Make(Shape input, int classes, int width, int kernel, int[] plan)
    {
        var (_, _, channels) = ImageSizes.Of("squeezenet", input, Smallest);
        List<Layer> layers = [new Conv2d(channels, width, kernel, stride: 2), new Relu(), Pool()];
        foreach (int squeezed in plan)
        {
            layers.Add(squeezed == 0 ? Pool() : Fire(width, squeezed));
            width = squeezed == 0 ? width : 8 * squeezed;
        }
        // Drawn as published: with wide weights some classes are 0 for every picture from the start, and stay so.
        var head = new Conv2d(width, classes, 1, initializer: new Normal(deviation: 0.01));
        return new([.. layers, new Dropout(0.5), head, new Relu(), new GlobalAveragePool2d()]);
    }

    static MaxPool2d Pool() => new(3, stride: 2, ceilMode: true);

    static Sequential Fire(int inputs, int squeezed) => new(new Conv2d(inputs, squeezed, 1), new Relu(), new Concat(
        new Sequential(new Conv2d(squeezed, 4 * squeezed, 1), new Relu()),
        new Sequential(new Conv2d(squeezed, 4 * squeezed, 3, padding: 1), new Relu())));
}
