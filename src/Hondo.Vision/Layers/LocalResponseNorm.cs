using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// y = x / (k + α/n · Σ x²)^β, the sum over n neighbouring channels      [.., channels] → the same
/// (Krizhevsky et al. 2012, ImageNet classification with deep convolutional neural networks; their α is α/n here)
/// </summary>
public sealed class LocalResponseNorm : Layer
{
    readonly int _size;
    readonly double _alpha, _beta, _offset;

    /// <summary>A norm layer.</summary>
    /// <param name="size">n, from 1.</param>
    /// <param name="alpha">α.</param>
    /// <param name="beta">β.</param>
    /// <param name="offset">k, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public LocalResponseNorm(int size = 5, double alpha = 1e-4, double beta = 0.75, double offset = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(alpha);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(offset);
        (_size, _alpha, _beta, _offset) = (size, alpha, beta, offset);
    }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.LocalResponseNorm(_size, _alpha, _beta, _offset);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("LocalResponseNorm").Add("size", _size, 5)
        .Add("alpha", _alpha, 1e-4).Add("beta", _beta, 0.75).Add("offset", _offset, 1).ToString();
}
