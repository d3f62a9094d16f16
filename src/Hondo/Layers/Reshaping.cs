using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>All axes but the first become one      [batch, a, b, ..] → [batch, a·b·..]</summary>
public sealed class Flatten : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        if (x.Shape.Rank == 0)
            throw new ShapeException("Flatten() needs a batch axis, but got a scalar [].");
        return x.Shape.Rank == 2 ? x : x.Reshape([x.Shape[0], x.Shape.SizeAfter(0)]);
    }
}

/// <summary>Other axes for each row of the batch, the same numbers      [batch, ..] → [batch, axes]</summary>
public sealed class Reshape : Layer
{
    readonly int[] _axes;

    /// <summary>New axes: <c>Reshape(28, 28, 1)</c>.</summary>
    /// <param name="axes">The axes after the batch's; one may be −1 and follows from the others.</param>
    /// <exception cref="ArgumentException">An axis is 0 or below −1, or two are −1.</exception>
    public Reshape(params int[] axes)
    {
        if (axes.Any(a => a is 0 or < -1) || axes.Count(a => a == -1) > 1)
            throw new ArgumentException($"Reshape({string.Join(", ", axes)}): axes are from 1, and at most one is -1.",
                nameof(axes));
        _axes = [.. axes];
    }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        if (x.Shape.Rank == 0)
            throw new ShapeException($"{this} needs a batch axis, but got a scalar [].");
        int row = x.Shape.SizeAfter(0), known = 1, open = -1;
        Span<int> axes = stackalloc int[_axes.Length + 1];
        axes[0] = x.Shape[0];
        for (int i = 0; i < _axes.Length; i++)
        {
            axes[i + 1] = _axes[i];
            if (_axes[i] == -1)
                open = i + 1;
            else
                known *= _axes[i];
        }
        if (open >= 0)
            axes[open] = row / known;
        if (open >= 0 ? row % known != 0 : row != known)
            throw new ShapeException($"{this} makes rows of {known} numbers, but got {AxisNames.Describe(x.Shape)}, "
                + $"whose rows have {row}.");
        return x.Reshape(Shape.Create(axes));
    }

    /// <inheritdoc/>
    public override string ToString() => $"Reshape({string.Join(", ", _axes)})";
}
