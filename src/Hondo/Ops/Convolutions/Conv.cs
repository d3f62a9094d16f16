using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Convolution of images or sequences   y[p, o] = b[o] + Σₖ Σ_c x[p·stride + k·dilation − padding, c] · W[k, c, o]
/// [batch, height, width, inputs] , [kernel height, kernel width, inputs / groups, outputs] (, [outputs])
/// → [batch, height', width', outputs]; sequences have no height.
/// dx = dy through W back to where it came from, dW = Σ x · dy over the pixels, db = Σ dy over the pixels.
/// LeCun et al. 1989, Backpropagation applied to handwritten zip code recognition
/// </summary>
/// <param name="Stride">From one window to the next.</param>
/// <param name="Padding">Zeros around x.</param>
/// <param name="Dilation">Between the inputs of a window.</param>
/// <param name="Groups">
/// Parts into which inputs and outputs are divided, each convolved by itself; as many as channels is depthwise.
/// </param>
public readonly record struct ConvOp(Pair Stride, Padding Padding, Pair Dilation, int Groups) : IOp
{
    static string IOp.Name => "Conv";

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x)
    {
        Shape w = x[1];
        if (w.Rank < 2)
            throw ShapeException.For<ConvOp>(x, "the weight must be [kernel…, inputs / groups, outputs]");
        ConvolutionShapes.Require<ConvOp>(x, Groups, w[^2] * Groups, w[^1], "inputs / groups, outputs");
        ConvolutionSizes sizes = ConvolutionShapes.Forward(this, x[0], w);
        return ConvolutionShapes.Output<ConvOp>(x, sizes.Vertical.Output, sizes.Horizontal.Output, sizes.Outputs);
    }

    long IOp.MultiplyAdds(ReadOnlySpan<Shape> x, Shape y) => (long)y.Size * x[1].SizeBefore(x[1].Rank - 1);

    void IOp.Forward<T>(Operands<T> x, View<T> y) =>
        Convolution.Forward<T>(ConvolutionShapes.Forward(this, x[0].Shape, x[1].Shape), x[0].Data, x[1].Data,
            x.Count > 2 ? x[2].Data : default, y.Data, accumulate: false);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        ConvolutionSizes sizes = ConvolutionShapes.Forward(this, x[0].Shape, x[1].Shape);
        if (dx[0].IsNeeded)
            Convolution.Backward<T>(sizes, dy.Data, x[1].Data, default, dx[0].Data, dx[0].Accumulates);
        bool hasBias = dx.Count > 2 && dx[2].IsNeeded;
        if (dx[1].IsNeeded)
            Convolution.BackwardWeights<T>(sizes, x[0].Data, dy.Data, dx[1].Data, dx[1].Accumulates,
                hasBias ? dx[2].Data : default, hasBias && dx[2].Accumulates);
        else if (hasBias)
            Reduction.SumRows<T>(dy.Data, dy.Length / sizes.Outputs, sizes.Outputs, dx[2].Data, dx[2].Accumulates);
    }
}

/// <summary>Syntax of <see cref="ConvOp"/>.</summary>
public static class ConvSyntax
{
    extension(Tensor x)
    {
        /// <summary>Images convolved with a kernel.</summary>
        /// <param name="weight">[kernel height, kernel width, inputs / groups, outputs].</param>
        /// <param name="bias">[outputs], or null for none.</param>
        /// <param name="stride">From one window to the next; 1 when left out.</param>
        /// <param name="padding">Zeros around the images.</param>
        /// <param name="dilation">Between the inputs of a window; 1 when left out.</param>
        /// <param name="groups">Parts of the channels, each convolved by itself.</param>
        public Tensor Conv2d(Tensor weight, Tensor? bias = null, Pair? stride = null, Padding padding = default,
            Pair? dilation = null, int groups = 1)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
            var op = new ConvOp((stride ?? 1).RequirePositive(nameof(stride)), padding.RequireValid(),
                (dilation ?? 1).RequirePositive(nameof(dilation)), groups);
            return bias is { } b ? Tape.Apply(op, x, weight, b) : Tape.Apply(op, x, weight);
        }

        /// <summary>Sequences [batch, time, channels] convolved with a kernel.</summary>
        /// <param name="weight">[kernel, inputs / groups, outputs].</param>
        /// <param name="bias">[outputs], or null for none.</param>
        /// <param name="stride">From one window to the next.</param>
        /// <param name="padding">Zeros before and after the sequence.</param>
        /// <param name="dilation">Between the inputs of a window.</param>
        /// <param name="groups">Parts of the channels, each convolved by itself.</param>
        public Tensor Conv1d(Tensor weight, Tensor? bias = null, int stride = 1, AxisPadding padding = default,
            int dilation = 1, int groups = 1) =>
            x.Conv2d(weight, bias, stride, new(0, padding), dilation, groups);
    }
}
