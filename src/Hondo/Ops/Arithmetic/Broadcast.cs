using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// NumPy's rule: shapes are aligned at their last axes, and an axis of 1 (or a missing one) is repeated. Operands of
/// another shape are expanded by an op of their own, whose gradient sums over the repeated axes, so that no other op
/// knows of broadcasting.
/// </summary>
public static class Broadcast
{
    /// <summary>Applies an op of two operands after expanding them to their common shape.</summary>
    /// <exception cref="ShapeException">They have none.</exception>
    public static Tensor Apply<TOp>(TOp op, Tensor a, Tensor b) where TOp : struct, IOp, IEquatable<TOp>
    {
        if (a.Shape == b.Shape)
            return Tape.Apply(op, a, b);
        Shape common = Common<TOp>(a.Shape, b.Shape);
        return Tape.Apply(op, a.Expand(common), b.Expand(common));
    }

    /// <summary>The shape that two broadcast to.</summary>
    /// <exception cref="ShapeException">Two axes differ and neither is 1.</exception>
    public static Shape Common<TOp>(Shape a, Shape b) where TOp : IOp
    {
        int rank = Math.Max(a.Rank, b.Rank);
        Span<int> axes = stackalloc int[rank];
        for (int i = 1; i <= rank; i++)
        {
            int m = i <= a.Rank ? a[a.Rank - i] : 1, n = i <= b.Rank ? b[b.Rank - i] : 1;
            if (m != n && m != 1 && n != 1)
                throw ShapeException.For<TOp>([a, b], $"aligned at the last axis, {m} and {n} differ and neither is 1");
            axes[rank - i] = m == 1 ? n : m;
        }
        return Shape.Create(axes);
    }
}
