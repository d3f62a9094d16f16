using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Repeats axes of length 1 (or missing ones) up to a shape      dx = Σ dy over the repeated axes</summary>
/// <param name="Shape">The shape to reach.</param>
public readonly record struct ExpandOp(Shape Shape) : IOp
{
    static string IOp.Name => "Expand";

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => Broadcast.Common<ExpandOp>(x[0], Shape) == Shape
        ? Shape
        : throw ShapeException.For<ExpandOp>([x[0], Shape], "the first must fit into the second");

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        ReadOnlySpan<T> source = x[0].Data;
        Span<T> result = y.Data;
        var walk = new BroadcastWalk(x[0].Shape, Shape);
        for (int i = 0; i < result.Length; i += walk.Run, walk.Next())
            if (walk.Repeats)
                result.Slice(i, walk.Run).Fill(source[walk.Offset]);
            else
                source.Slice(walk.Offset, walk.Run).CopyTo(result[i..]);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        if (!dx[0].IsNeeded)
            return;
        ReadOnlySpan<T> source = dy.Data;
        Span<T> result = dx[0].Data;
        var walk = new BroadcastWalk(x[0].Shape, Shape);
        for (int i = 0; i < source.Length; i += walk.Run, walk.Next())
            for (int k = 0; k < walk.Run; k++)
                result[walk.Offset + (walk.Repeats ? 0 : k)] += source[i + k];
    }
}

/// <summary>Syntax of <see cref="Expand"/>.</summary>
public static class ExpandSyntax
{
    extension(Tensor x)
    {
        /// <summary>Repeats axes of length 1 up to a shape.</summary>
        public Tensor Expand(Shape shape) => x.Shape == shape ? x : Tape.Apply(new ExpandOp(shape), x);
    }
}
