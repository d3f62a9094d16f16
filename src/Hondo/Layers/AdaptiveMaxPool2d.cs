using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

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
