using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// The largest number of each window, channel by channel
/// [batch, time, features] → [batch, windows, features]
/// </summary>
public sealed class MaxPool1d : Layer
{
    readonly PoolWindow _window;

    /// <summary>A pooling layer.</summary>
    /// <param name="kernel">Side of a window, from 1.</param>
    /// <param name="stride">Distance between two windows; the kernel when left out.</param>
    /// <param name="padding">Places around the input, which are never taken; at most half the kernel.</param>
    /// <param name="dilation">Distance between the inputs of a window, from 1.</param>
    /// <param name="ceilMode">True keeps a last window that reaches over the end.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public MaxPool1d(int kernel, int? stride = null, int padding = 0, int dilation = 1,
        bool ceilMode = false) =>
        _window = new(kernel, stride, padding, dilation, ceilMode);

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => PoolInput.Sequences(this, x, _window).MaxPool(_window);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("MaxPool1d").Add(_window.Kernel)
        .Add("stride", _window.Stride, _window.Kernel).Add("padding", _window.Padding, 0)
        .Add("dilation", _window.Dilation, 1).Add("ceilMode", _window.CeilMode, false).ToString();
}

/// <summary>
/// The largest number of each window, channel by channel
/// [batch, height, width, channels] → [batch, rows, columns, channels]
/// </summary>
public sealed class MaxPool2d : Layer
{
    /// <summary>A pooling layer.</summary>
    /// <param name="kernel">Height and width of a window, from 1.</param>
    /// <param name="stride">Distance between two windows; the kernel when left out.</param>
    /// <param name="padding">Places around the input, which are never taken; at most half the kernel.</param>
    /// <param name="dilation">Distance between the inputs of a window, from 1; 1 when left out.</param>
    /// <param name="ceilMode">True keeps a last window that reaches over the end.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public MaxPool2d(Pair kernel, Pair? stride = null, Pair padding = default, Pair? dilation = null,
        bool ceilMode = false) =>
        Windows = new(kernel, stride, padding, dilation ?? 1, ceilMode);

    internal PoolWindows Windows { get; }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) =>
        PoolInput.Images(this, x, Windows).MaxPool(Windows.Vertical, Windows.Horizontal);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("MaxPool2d").Add(Windows.Kernel)
        .Add("stride", Windows.Stride, Windows.Kernel).Add("padding", Windows.Padding, 0)
        .Add("dilation", Windows.Dilation, 1).Add("ceilMode", Windows.CeilMode, false).ToString();
}

/// <summary>
/// The mean of each window, channel by channel
/// [batch, time, features] → [batch, windows, features]
/// </summary>
public sealed class AveragePool1d : Layer
{
    readonly PoolWindow _window;
    readonly bool _countIncludePad;

    /// <summary>A pooling layer.</summary>
    /// <param name="kernel">Side of a window, from 1.</param>
    /// <param name="stride">Distance between two windows; the kernel when left out.</param>
    /// <param name="padding">Zeros around the input; at most half the kernel.</param>
    /// <param name="ceilMode">True keeps a last window that reaches over the end.</param>
    /// <param name="countIncludePad">True divides by the whole window where it reaches over the border.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public AveragePool1d(int kernel, int? stride = null, int padding = 0, bool ceilMode = false,
        bool countIncludePad = true) =>
        (_window, _countIncludePad) = (new(kernel, stride, padding, 1, ceilMode), countIncludePad);

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) =>
        PoolInput.Sequences(this, x, _window).AveragePool(_window, _countIncludePad);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("AveragePool1d").Add(_window.Kernel)
        .Add("stride", _window.Stride, _window.Kernel).Add("padding", _window.Padding, 0)
        .Add("ceilMode", _window.CeilMode, false).Add("countIncludePad", _countIncludePad, true).ToString();
}

/// <summary>
/// The mean of each window, channel by channel
/// [batch, height, width, channels] → [batch, rows, columns, channels]
/// </summary>
public sealed class AveragePool2d : Layer
{
    /// <summary>A pooling layer.</summary>
    /// <param name="kernel">Height and width of a window, from 1.</param>
    /// <param name="stride">Distance between two windows; the kernel when left out.</param>
    /// <param name="padding">Zeros around the input; at most half the kernel.</param>
    /// <param name="ceilMode">True keeps a last window that reaches over the end.</param>
    /// <param name="countIncludePad">True divides by the whole window where it reaches over the border.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public AveragePool2d(Pair kernel, Pair? stride = null, Pair padding = default, bool ceilMode = false,
        bool countIncludePad = true) =>
        (Windows, CountsPadding) = (new(kernel, stride, padding, 1, ceilMode), countIncludePad);

    internal PoolWindows Windows { get; }
    internal bool CountsPadding { get; }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => PoolInput.Images(this, x, Windows)
        .AveragePool(Windows.Vertical, Windows.Horizontal, CountsPadding);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("AveragePool2d").Add(Windows.Kernel)
        .Add("stride", Windows.Stride, Windows.Kernel).Add("padding", Windows.Padding, 0)
        .Add("ceilMode", Windows.CeilMode, false).Add("countIncludePad", CountsPadding, true).ToString();
}

/// <summary>
/// The mean of height × width windows that share images of any size out
/// [batch, h, w, channels] → [batch, height, width, channels]
/// </summary>
public sealed class AdaptiveAveragePool2d : Layer
{
    readonly int _height, _width;

    /// <summary>A pooling layer.</summary>
    /// <param name="height">Rows of the result, from 1.</param>
    /// <param name="width">Columns of the result, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public AdaptiveAveragePool2d(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        (_height, _width) = (height, width);
    }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => PoolInput.Images(this, x).AdaptiveAveragePool(_height, _width);

    /// <inheritdoc/>
    public override string ToString() => $"AdaptiveAveragePool2d({_height}, {_width})";
}

/// <summary>
/// The largest number of height × width windows that share images of any size out
/// [batch, h, w, channels] → [batch, height, width, channels]
/// </summary>
public sealed class AdaptiveMaxPool2d : Layer
{
    readonly int _height, _width;

    /// <summary>A pooling layer.</summary>
    /// <param name="height">Rows of the result, from 1.</param>
    /// <param name="width">Columns of the result, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public AdaptiveMaxPool2d(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        (_height, _width) = (height, width);
    }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => PoolInput.Images(this, x).AdaptiveMaxPool(_height, _width);

    /// <inheritdoc/>
    public override string ToString() => $"AdaptiveMaxPool2d({_height}, {_width})";
}

/// <summary>
/// The mean of each channel over all pixels      [batch, height, width, channels] → [batch, channels]
/// (Lin et al. 2013, arXiv:1312.4400)
/// </summary>
public sealed class GlobalAveragePool2d : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) =>
        PoolInput.Images(this, x).AdaptiveAveragePool(1, 1).Reshape([x.Shape[0], x.Shape[3]]);
}

/// <summary>
/// The largest number of each channel over all pixels      [batch, height, width, channels] → [batch, channels]
/// </summary>
public sealed class GlobalMaxPool2d : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) =>
        PoolInput.Images(this, x).AdaptiveMaxPool(1, 1).Reshape([x.Shape[0], x.Shape[3]]);
}
