using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// The largest number of each square window, channel by channel
/// [batch, height, width, channels] → [batch, rows, columns, channels]
/// </summary>
public sealed class MaxPool2d : Layer
{
    readonly PoolWindow _window;

    /// <summary>A pooling layer.</summary>
    /// <param name="kernel">Side of a window, from 1.</param>
    /// <param name="stride">Distance between two windows; the kernel when left out.</param>
    /// <param name="padding">Places around the input, which are never taken; at most half the kernel.</param>
    /// <param name="dilation">Distance between the inputs of a window, from 1.</param>
    /// <param name="ceilMode">True keeps a last window that reaches over the end.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public MaxPool2d(int kernel, int? stride = null, int padding = 0, int dilation = 1,
        bool ceilMode = false) =>
        _window = new(kernel, stride, padding, dilation, ceilMode);

    internal PoolWindow Window => _window;

    internal bool Fits(Shape x) =>
        x.Rank == 4 && x.Size > 0 && _window.Outputs(x[1]) > 0 && _window.Outputs(x[2]) > 0;

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => PoolInput.Images(this, x, _window).MaxPool(_window, _window);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("MaxPool2d").Add(_window.Kernel)
        .Add("stride", _window.Stride, _window.Kernel).Add("padding", _window.Padding, 0)
        .Add("dilation", _window.Dilation, 1).Add("ceilMode", _window.CeilMode, false).ToString();
}
