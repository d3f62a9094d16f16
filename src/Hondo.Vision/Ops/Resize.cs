using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Images of another size      [batch, h, w, channels] → [batch, height, width, channels]
/// dx = Σ weight · dy over the outputs that x is part of
/// </summary>
/// <param name="Height">Rows of the result.</param>
/// <param name="Width">Columns of the result.</param>
/// <param name="Interpolation">How pixels between pixels are found.</param>
/// <param name="AlignCorners">True lays the corner pixels' centres on each other.</param>
readonly record struct ResizeOp(int Height, int Width, Interpolation Interpolation, bool AlignCorners) : IOp, ILinearOp
{
    static string IOp.Name => "Resize";

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x is [[var batch, > 0, > 0, var channels]] && Height > 0 && Width > 0
        ? [batch, Height, Width, channels]
        : throw ShapeException.For<ResizeOp>(x, "it must be [batch, height, width, channels], its new size 1 or more");

    void IOp.Forward<T>(Operands<T> x, View<T> y) => Resizing.Forward(
        y.Shape[0], Axis(x[0].Shape[1], Height), Axis(x[0].Shape[2], Width), y.Shape[3], (ReadOnlySpan<T>)x[0].Data,
        y.Data);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        if (dx[0].IsNeeded)
            Resizing.Backward(y.Shape[0], Axis(x[0].Shape[1], Height), Axis(x[0].Shape[2], Width), y.Shape[3],
                (ReadOnlySpan<T>)dy.Data, dx[0].Data);
    }

    ResizeAxis Axis(int input, int output) => new(input, output, Interpolation, AlignCorners);
}

/// <summary>Pictures of another size.</summary>
public static class ResizeExtensions
{
    extension(Tensor x)
    {
        /// <summary>Images of another size.</summary>
        /// <param name="height">Rows of the result.</param>
        /// <param name="width">Columns of the result.</param>
        /// <param name="interpolation">How pixels between pixels are found.</param>
        /// <param name="alignCorners">True lays the corner pixels' centres on each other.</param>
        public Tensor Resize(int height, int width, Interpolation interpolation, bool alignCorners = false) =>
            Tape.Apply(new ResizeOp(height, width, interpolation, alignCorners), x);
    }
}
