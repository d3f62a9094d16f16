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
readonly record struct ConvOp(Pair Stride, Padding Padding, Pair Dilation, int Groups) : IOp, IBilinearOp
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
        return ConvolutionShapes.Output<ConvOp>(x, sizes, sizes.Vertical.Output, sizes.Horizontal.Output,
            sizes.Outputs);
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

/// <summary>From shapes to the sizes that the kernels work by. A sequence is an image of height 1.</summary>
static class ConvolutionShapes
{
    /// <summary>The sizes of a convolution of x with w.</summary>
    public static ConvolutionSizes Forward(in ConvOp op, Shape x, Shape w)
    {
        ConvolutionAxis horizontal = Axis(Places(x), Kernel(w), op.Stride.Width, op.Dilation.Width,
            op.Padding.Horizontal);
        ConvolutionAxis vertical = x.Rank == 3 ? new(1, 1, 1, 1, 1, 0) : Axis(x[1], w[0], op.Stride.Height,
            op.Dilation.Height, op.Padding.Vertical);
        return new(x[0], vertical, horizontal, x[^1], w[^1], op.Groups);
    }

    /// <summary>The sizes of the convolution that a transposed one goes back through: from its y to its x.</summary>
    public static ConvolutionSizes Transposed(in ConvTransposeOp op, Shape x, Shape w)
    {
        ConvolutionAxis horizontal = TransposedAxis(Places(x), Kernel(w), op.Stride.Width, op.Dilation.Width,
            op.Padding.Horizontal, op.OutputPadding.Width);
        ConvolutionAxis vertical = x.Rank == 3 ? new(1, 1, 1, 1, 1, 0) : TransposedAxis(x[1], w[0], op.Stride.Height,
            op.Dilation.Height, op.Padding.Vertical, op.OutputPadding.Height);
        return new(x[0], vertical, horizontal, w[^2] * op.Groups, x[^1], op.Groups);
    }

    /// <summary>Checks what both kinds have in common.</summary>
    public static void Require<TOp>(ReadOnlySpan<Shape> x, int groups, int inputs, int outputs, string layout)
        where TOp : IOp
    {
        if (x[0].Rank is not (3 or 4))
            throw ShapeException.For<TOp>(x,
                "x must be sequences [batch, time, channels] or images [batch, height, width, channels]");
        if (x[1].Rank != x[0].Rank)
            throw ShapeException.For<TOp>(x, $"the weight must have as many axes as x: [kernel…, {layout}]");
        if (inputs != x[0][^1])
            throw ShapeException.For<TOp>(x, $"the weight [kernel…, {layout}] takes {inputs} channels in {groups} "
                + $"group(s), but x has {x[0][^1]}");
        if (outputs % groups != 0 || inputs % groups != 0)
            throw ShapeException.For<TOp>(x, $"{groups} groups must divide the {inputs} inputs and {outputs} outputs");
        if (x.Length > 2 && x[2] != [outputs])
            throw ShapeException.For<TOp>(x, $"the bias must be [{outputs}]");
    }

    /// <summary>The shape of the outputs, when every axis has one and the kernels can compute with the sizes.</summary>
    public static Shape Output<TOp>(ReadOnlySpan<Shape> x, in ConvolutionSizes sizes, int height, int width,
        int channels) where TOp : IOp =>
        width < 1 || height < 1
            ? throw ShapeException.For<TOp>(x, "the kernel is larger than x with its padding. Use a smaller kernel, "
                + "stride or dilation, more padding, or larger inputs")
            : !sizes.IsSound ? throw ShapeException.For<TOp>(x, "an image, with all the padding around it that "
                + $"windows see, has more than {Extent.Most / 2} numbers. Use less padding, stride or dilation")
            : x[0].Rank == 3 ? [x[0][0], width, channels] : [x[0][0], height, width, channels];

    // The innermost axis of places: a sequence's [.., time, channels], a kernel's [.., width, inputs, outputs].
    static int Places(Shape x) => x[^2];

    static int Kernel(Shape w) => w[^3];

    /// <summary>One axis by its length, kernel, stride, dilation and padding.</summary>
    public static ConvolutionAxis Axis(int input, int kernel, int stride, int dilation, AxisPadding margin)
    {
        Extent extent = Windows(kernel, dilation);
        if (margin.IsSame)
        {
            Extent output = ((Extent)input + stride - 1) / stride, zeros = (output - 1) * stride + extent - input;
            return Of(input, output, kernel, stride, dilation, Extent.Max(0, zeros) / 2);
        }
        Extent free = (Extent)input + margin.Before + margin.After - extent;
        return Of(input, free < 0 ? 0 : free / stride + 1, kernel, stride, dilation, margin.Before);
    }

    static ConvolutionAxis TransposedAxis(int input, int kernel, int stride, int dilation, AxisPadding margin, int more)
    {
        Extent all = ((Extent)input - 1) * stride + Windows(kernel, dilation), grown = (Extent)input * stride;
        return margin.IsSame
            ? Of(grown, input, kernel, stride, dilation, Extent.Max(0, all - grown) / 2)
            : Of(Extent.Max(0, all - margin.Before - margin.After + more), input, kernel, stride, dilation,
            margin.Before);
    }

    // From a window's first place to its last.
    static Extent Windows(int kernel, int dilation) => (Extent)dilation * ((Extent)kernel - 1) + 1;

    static ConvolutionAxis Of(Extent input, Extent output, int kernel, int stride, int dilation, Extent before) =>
        kernel < 1 ? throw new ShapeException($"A convolution needs a kernel of 1 or more places, not {kernel}.")
        : ConvolutionAxis.Of(input, output, kernel, stride, dilation, before) ?? throw new ShapeException(
            $"A convolution from {input} to {output} places by a kernel of {kernel}, stride {stride}, dilation "
                + $"{dilation} and {before} places of padding before reaches further than can be computed with. Use "
            + "smaller numbers.");
}

public static partial class TensorExtensions
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
