using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// The mean of each window, channel by channel
/// [batch, height, width, channels] → [batch, rows, columns, channels]
/// </summary>
public sealed class AveragePool2d : Layer
{
    readonly PoolWindows _windows;
    readonly bool _countIncludePad;

    /// <summary>A pooling layer.</summary>
    /// <param name="kernel">Height and width of a window, from 1.</param>
    /// <param name="stride">Distance between two windows; the kernel when left out.</param>
    /// <param name="padding">Zeros around the input; at most half the kernel.</param>
    /// <param name="ceilMode">True keeps a last window that reaches over the end.</param>
    /// <param name="countIncludePad">True divides by the whole window where it reaches over the border.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public AveragePool2d(Pair kernel, Pair? stride = null, Pair padding = default, bool ceilMode = false,
        bool countIncludePad = true) =>
        (_windows, _countIncludePad) = (new(kernel, stride, padding, 1, ceilMode), countIncludePad);

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => PoolInput.Images(this, x, _windows)
        .AveragePool(_windows.Vertical, _windows.Horizontal, _countIncludePad);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("AveragePool2d").Add(_windows.Kernel)
        .Add("stride", _windows.Stride, _windows.Kernel).Add("padding", _windows.Padding, 0)
        .Add("ceilMode", _windows.CeilMode, false).Add("countIncludePad", _countIncludePad, true).ToString();
}
