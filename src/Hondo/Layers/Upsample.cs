using Hondo.Kernels;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

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
