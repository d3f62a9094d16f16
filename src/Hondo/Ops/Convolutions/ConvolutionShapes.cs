using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

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

    /// <summary>The shape of the outputs, when every axis has one.</summary>
    public static Shape Output<TOp>(ReadOnlySpan<Shape> x, int height, int width, int channels) where TOp : IOp =>
        width < 1 || height < 1
            ? throw ShapeException.For<TOp>(x, "the kernel is larger than x with its padding. Use a smaller kernel, "
                + "stride or dilation, more padding, or larger inputs")
            : x[0].Rank == 3 ? [x[0][0], width, channels] : [x[0][0], height, width, channels];

    // The innermost axis of places: a sequence's [.., time, channels], a kernel's [.., width, inputs, outputs].
    static int Places(Shape x) => x[^2];

    static int Kernel(Shape w) => w[^3];

    /// <summary>One axis by its length, kernel, stride, dilation and padding.</summary>
    public static ConvolutionAxis Axis(int input, int kernel, int stride, int dilation, AxisPadding margin)
    {
        int extent = dilation * (kernel - 1) + 1;
        if (margin.IsSame)
        {
            int output = (input + stride - 1) / stride, zeros = Math.Max(0, (output - 1) * stride + extent - input);
            return new(input, output, kernel, stride, dilation, zeros / 2);
        }
        int free = input + margin.Before + margin.After - extent;
        return new(input, free < 0 ? 0 : free / stride + 1, kernel, stride, dilation, margin.Before);
    }

    static ConvolutionAxis TransposedAxis(int input, int kernel, int stride, int dilation, AxisPadding margin, int more)
    {
        int all = (input - 1) * stride + dilation * (kernel - 1) + 1;
        return margin.IsSame
            ? new(input * stride, input, kernel, stride, dilation, Math.Max(0, all - input * stride) / 2)
            : new(all - margin.Before - margin.After + more, input, kernel, stride, dilation, margin.Before);
    }
}
