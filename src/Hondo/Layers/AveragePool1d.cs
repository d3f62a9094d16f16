using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

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
