using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Transposed convolution: what a convolution's backward pass computes, as a layer that makes images larger.
/// [batch, height, width, inputs] , [kernel height, kernel width, outputs / groups, inputs] (, [outputs])
/// → [batch, height', width', outputs] with height' = (height − 1)·stride − padding + dilation·(kernel − 1) + 1
/// + output padding; sequences have no height. dx = dy convolved with W, dW = Σ x · dy, db = Σ dy.
/// Zeiler et al. 2010, Deconvolutional networks
/// </summary>
/// <param name="Stride">From one window of y to the next.</param>
/// <param name="Padding">What is cut from the sides of y.</param>
/// <param name="Dilation">Between the outputs of a window.</param>
/// <param name="Groups">Parts into which inputs and outputs are divided.</param>
/// <param name="OutputPadding">
/// Rows and columns added at the end of y, because several lengths of y have windows as many.
/// </param>
readonly record struct ConvTransposeOp(
    Pair Stride, Padding Padding, Pair Dilation, int Groups, Pair OutputPadding) : IOp, IBilinearOp
{
    static string IOp.Name => "ConvTranspose";

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x)
    {
        Shape w = x[1];
        if (w.Rank < 2)
            throw ShapeException.For<ConvTransposeOp>(x, "the weight must be [kernel…, outputs / groups, inputs]");
        ConvolutionShapes.Require<ConvTransposeOp>(x, Groups, w[^1], w[^2] * Groups, "outputs / groups, inputs");
        ConvolutionSizes sizes = ConvolutionShapes.Transposed(this, x[0], w);
        return ConvolutionShapes.Output<ConvTransposeOp>(
            x, sizes, sizes.Vertical.Input, sizes.Horizontal.Input, sizes.Channels);
    }

    long IOp.MultiplyAdds(ReadOnlySpan<Shape> x, Shape y) => (long)x[0].Size * x[1].SizeBefore(x[1].Rank - 1);

    void IOp.Forward<T>(Operands<T> x, View<T> y) =>
        Convolution.Backward<T>(ConvolutionShapes.Transposed(this, x[0].Shape, x[1].Shape), x[0].Data, x[1].Data,
            x.Count > 2 ? x[2].Data : default, y.Data, accumulate: false);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        ConvolutionSizes sizes = ConvolutionShapes.Transposed(this, x[0].Shape, x[1].Shape);
        if (dx[0].IsNeeded)
            Convolution.Forward<T>(sizes, dy.Data, x[1].Data, default, dx[0].Data, dx[0].Accumulates);
        if (dx[1].IsNeeded)
            Convolution.BackwardWeights<T>(sizes, dy.Data, x[0].Data, dx[1].Data, dx[1].Accumulates);
        if (dx.Count > 2 && dx[2].IsNeeded)
            Reduction.SumRows<T>(dy.Data, dy.Length / sizes.Channels, sizes.Channels, dx[2].Data, dx[2].Accumulates);
    }
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>Images [batch, height, width, channels] or sequences [batch, time, channels] made larger.</summary>
        /// <param name="weight">[kernel…, outputs / groups, inputs].</param>
        /// <param name="bias">[outputs], or null for none.</param>
        /// <param name="stride">From one window of the result to the next; 1 when left out.</param>
        /// <param name="padding">What is cut from the sides of the result.</param>
        /// <param name="dilation">Between the outputs of a window; 1 when left out.</param>
        /// <param name="groups">Parts of the channels, each by itself.</param>
        /// <param name="outputPadding">Rows and columns added at the end of the result.</param>
        public Tensor ConvTranspose(Tensor weight, Tensor? bias = null, Pair? stride = null,
            Padding padding = default, Pair? dilation = null, int groups = 1, Pair outputPadding = default)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
            ArgumentOutOfRangeException.ThrowIfNegative(Math.Min(outputPadding.Height, outputPadding.Width));
            var op = new ConvTransposeOp((stride ?? 1).RequirePositive(nameof(stride)), padding.RequireValid(),
                (dilation ?? 1).RequirePositive(nameof(dilation)), groups, outputPadding);
            return bias is { } b ? Tape.Apply(op, x, weight, b) : Tape.Apply(op, x, weight);
        }
    }
}
