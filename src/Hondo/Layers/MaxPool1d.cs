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
