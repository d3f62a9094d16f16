using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>The same numbers under another shape      dx = dy</summary>
/// <param name="Shape">The new shape.</param>
readonly record struct ReshapeOp(Shape Shape) : IOp, ILinearOp
{
    static string IOp.Name => "Reshape";

    static bool IOp.OverwritesGradients => true;

    static bool IOp.SharesMemory => true;

    static bool IOp.TakesWholeNumbers => true;

    DType IOp.ResultType(ReadOnlySpan<DType> x) => x[0];

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0].Size == Shape.Size
        ? Shape
        : throw ShapeException.For<ReshapeOp>([x[0], Shape], $"{x[0].Size} numbers cannot fill {Shape.Size} places");

    void IOp.Forward<T>(Operands<T> x, View<T> y) => x[0].Data.CopyTo(y.Data);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        if (dx[0].Accumulates)
            Loops.Map(new SumOfTwo(), (ReadOnlySpan<T>)dx[0].Data, dy.Data, dx[0].Data);
        else
            dy.Data.CopyTo(dx[0].Data);
    }

    readonly struct SumOfTwo : IBinary
    {
        public V Apply<V>(V x, V y) where V : struct, ILanes<V> => x + y;
    }
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>The same numbers, row-major, under another shape.</summary>
        public Tensor Reshape(Shape shape) => x.Shape == shape ? x : Tape.Apply(new ReshapeOp(shape), x);

        /// <summary>The same numbers under another shape, in which one axis may be left open: <c>[-1, 4]</c>.</summary>
        /// <param name="axes">The lengths; at most one −1, which becomes as long as the numbers need.</param>
        /// <exception cref="ShapeException">Two axes are open, or the numbers do not fill whole axes.</exception>
        [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
        public Tensor Reshape(ReadOnlySpan<int> axes)
        {
            int open = axes.IndexOf(-1);
            if (open < 0 || axes.Length > Shape.MaxRank)
                return x.Reshape(Shape.Create(axes));
            Span<int> lengths = stackalloc int[Shape.MaxRank];
            axes.CopyTo(lengths);
            lengths[open] = 1;
            Shape others = Shape.Create(lengths[..axes.Length]);
            if (others.Size == 0 || x.Size % others.Size != 0)
                throw new ShapeException($"Reshape of {x.Shape} to [{string.Join(", ", axes.ToArray())}]: its "
                    + $"{x.Size} numbers are not a whole multiple of the other axes' {others.Size}.");
            return x.Reshape(others.With(open, x.Size / others.Size));
        }

        /// <summary>All axes but the first as one      [batch, ..] → [batch, features]</summary>
        public Tensor Flatten() => x.Shape.Rank > 0
            ? x.Reshape([x.Shape[0], x.Shape.SizeAfter(0)])
            : throw new ShapeException("Flatten keeps the first axis, but this tensor [] has none: Reshape([1, 1]).");

        /// <summary>A new axis of length 1      [n] at 0 → [1, n], at −1 → [n, 1]</summary>
        public Tensor Unsqueeze(int axis)
        {
            Shape shape = x.Shape;
            int at = axis < 0 ? axis + shape.Rank + 1 : axis;
            if ((uint)at > (uint)shape.Rank)
                throw new ShapeException(
                    $"Unsqueeze of {shape} at {axis}: the place must be {-shape.Rank - 1} to {shape.Rank}.");
            Span<int> axes = stackalloc int[Shape.MaxRank + 1];
            shape.AsSpan()[..at].CopyTo(axes);
            axes[at] = 1;
            shape.AsSpan()[at..].CopyTo(axes[(at + 1)..]);
            return x.Reshape(Shape.Create(axes[..(shape.Rank + 1)]));
        }

        /// <summary>Without an axis of length 1.</summary>
        /// <exception cref="ShapeException">The axis is longer.</exception>
        public Tensor Squeeze(int axis)
        {
            Shape shape = x.Shape;
            return shape[shape.Axis(axis)] == 1
                ? x.Reshape(shape.Without(axis))
                : throw new ShapeException($"Squeeze of {shape}: axis {axis} has length "
                    + $"{shape[shape.Axis(axis)]}, not 1.");
        }
    }
}
