using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

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
