using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Axes of length 1 added and removed, by <see cref="Hondo.Ops.ReshapeOp"/>.</summary>
public static class SqueezeSyntax
{
    extension(Tensor x)
    {
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
