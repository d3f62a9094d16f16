using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

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
