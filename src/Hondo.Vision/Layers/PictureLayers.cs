using Hondo.Kernels;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// A window of each image: a random one in training, another of each image and step, and else the middle, as the first
/// networks were trained on ImageNet with (Krizhevsky et al. 2012, §4.1)
/// [batch, h, w, channels] → [batch, height, width, channels]
/// </summary>
public sealed class RandomCrop2d : Layer
{
    readonly int _height, _width;

    /// <summary>A cropping layer.</summary>
    /// <param name="height">Rows of the window, from 1.</param>
    /// <param name="width">Columns of the window; as many as rows when left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public RandomCrop2d(int height, int? width = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width ?? 1, 1, nameof(width));
        (_height, _width) = (height, width ?? height);
    }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        Shape images = PoolInput.Images(this, x).Shape;
        int down = images[1] - _height, along = images[2] - _width;
        if (down < 0 || along < 0)
            throw new ShapeException($"{this} needs images of its size or more, but got "
                + $"{AxisNames.Describe(images)}.");
        if (Tape.Active is not { Info: { Mode: Mode.Training } step } || down + along == 0)
            return Window(x, down / 2, along / 2);
        var random = new Philox(step.Seed, RandomStream.OfLayer(), step.Step);
        var windows = new Tensor[images[0]];
        for (int i = 0; i < windows.Length; i++)
            windows[i] = Window(x.Slice(i..(i + 1)), (int)(random.Uniform(2 * i) * (down + 1)),
                (int)(random.Uniform(2 * i + 1) * (along + 1)));
        return windows.Length == 0 ? Window(x, 0, 0) : Tensor.Concat(0, windows);
    }

    Tensor Window(Tensor x, int top, int left) => x.Slice(.., top..(top + _height), left..(left + _width));

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("RandomCrop2d").Add(_height).Add("width", _width, _height)
        .ToString();
}

/// <summary>
/// Every stride-th pixel      [batch, height, width, channels] → [batch, ⌈height / stride⌉, ⌈width / stride⌉, channels]
/// </summary>
public sealed class Subsample : Layer
{
    readonly int _stride;

    /// <summary>A subsampling layer.</summary>
    /// <param name="stride">From one pixel that stays to the next, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The stride is below 1.</exception>
    public Subsample(int stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        _stride = stride;
    }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => PoolInput.Images(this, x).Slice(.., (..).By(_stride), (..).By(_stride));

    /// <inheritdoc/>
    public override string ToString() => $"Subsample({_stride})";
}

/// <summary>
/// Zeros behind the channels: half of the count before them, half after      [.., channels] → [.., channels + count]
/// With <see cref="Subsample"/> the shortcut without parameters (option A) of He et al. 2015, arXiv:1512.03385.
/// </summary>
public sealed class ZeroChannels : Layer
{
    readonly int _count;

    /// <summary>A layer that adds channels.</summary>
    /// <param name="count">How many, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public ZeroChannels(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _count = count;
    }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        if (x.Shape.Rank == 0)
            throw new ShapeException($"{this} adds channels to the last axis, but a scalar [] has none.");
        Span<int> before = stackalloc int[x.Shape.Rank], after = stackalloc int[x.Shape.Rank];
        (before[^1], after[^1]) = (_count / 2, _count - _count / 2);
        return x.Pad(before, after);
    }

    /// <inheritdoc/>
    public override string ToString() => $"ZeroChannels({_count})";
}

/// <summary>
/// Images scale times as high and wide      [batch, height, width, channels] → [batch, s·height, s·width, channels]
/// </summary>
public sealed class Upsample : Layer
{
    readonly int _scale;
    readonly Interpolation _interpolation;

    /// <summary>An upsampling layer.</summary>
    /// <param name="scale">How many times as large, from 1.</param>
    /// <param name="interpolation">How pixels between pixels are found.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is below 1.</exception>
    public Upsample(int scale = 2, Interpolation interpolation = Interpolation.Nearest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        (_scale, _interpolation) = (scale, interpolation);
    }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) =>
        PoolInput.Images(this, x).Resize(_scale * x.Shape[1], _scale * x.Shape[2], _interpolation);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Upsample").Add("scale", _scale, 2)
        .Add("interpolation", _interpolation, Interpolation.Nearest).ToString();
}
