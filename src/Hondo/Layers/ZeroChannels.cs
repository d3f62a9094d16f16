using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Zeros behind the channels: half of the count before them, half after      [.., channels] → [.., channels + count]
/// With <see cref="Subsample"/> the shortcut without parameters (option A) of He et al. 2015, arXiv:1512.03385.
/// </summary>
public sealed class ZeroChannels : Layer
{
    readonly int _count;

    /// <summary>A layer that adds channels.</summary>
    /// <param name="count">How many, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public ZeroChannels(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _count = count;
    }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        Span<int> before = stackalloc int[x.Shape.Rank], after = stackalloc int[x.Shape.Rank];
        (before[^1], after[^1]) = (_count / 2, _count - _count / 2);
        return x.Pad(before, after);
    }

    /// <inheritdoc/>
    public override string ToString() => $"ZeroChannels({_count})";
}
