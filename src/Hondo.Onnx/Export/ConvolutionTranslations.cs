using Hondo.Kernels;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Export;

/// <summary>Convolutions of sequences, images and volumes.</summary>
static class ConvolutionTranslations
{
    /// <summary>All of them.</summary>
    public static OpTranslation[] All { get; } =
    [
        OpTranslation.Of<ConvOp>(Conv), OpTranslation.Of<Conv3dOp>(Conv3d),
        OpTranslation.Of<ConvTransposeOp>(ConvTranspose),
    ];

    static Value Conv(ConvOp op, Translation t)
    {
        Value x = t.ChannelsFirst(t.Inputs[0]);
        Value weight = t.Inputs[1];
        ConvolutionSizes sizes = ConvolutionShapes.Forward(op, ShapeOf(t.Inputs[0]), ShapeOf(weight));
        ConvolutionAxis[] axes = x.Rank == 3 ? [sizes.Horizontal] : [sizes.Vertical, sizes.Horizontal];
        return Write(t, "Conv", x, weight, axes, op.Groups);
    }

    static Value Conv3d(Conv3dOp op, Translation t)
    {
        Value x = t.ChannelsFirst(t.Inputs[0]);
        Shape shape = ShapeOf(t.Inputs[0]), weight = ShapeOf(t.Inputs[1]);
        ConvolutionSizes sizes = ConvolutionShapes.Forward(op.Plane, shape.Without(1), weight[1..]);
        ConvolutionAxis depth = ConvolutionShapes.Axis(shape[1], weight[0], op.Stride, op.Dilation, op.Padding);
        return Write(t, "Conv", x, t.Inputs[1], [depth, sizes.Vertical, sizes.Horizontal], op.Plane.Groups);
    }

    static Value ConvTranspose(ConvTransposeOp op, Translation t)
    {
        Value x = t.ChannelsFirst(t.Inputs[0]);
        ConvolutionSizes sizes = ConvolutionShapes.Transposed(op, ShapeOf(t.Inputs[0]), ShapeOf(t.Inputs[1]));
        ConvolutionAxis[] axes = x.Rank == 3 ? [sizes.Horizontal] : [sizes.Vertical, sizes.Horizontal];
        int[] more = x.Rank == 3 ? [op.OutputPadding.Width] : [op.OutputPadding.Height, op.OutputPadding.Width];
        // From the convolution that it goes back through: there the result is the input.
        return Write(t, "ConvTranspose", x, t.Inputs[1], axes, op.Groups, more);
    }

    static Value Write(Translation t, string op, Value x, Value weight, ConvolutionAxis[] axes, int groups,
        int[]? more = null)
    {
        int rank = x.Rank;
        // [kernel.., inputs, outputs] → [outputs, inputs, kernel..]
        Value w = t.Arrange(weight, [rank - 1, rank - 2, .. Enumerable.Range(0, rank - 2)]);
        int[] before = [.. axes.Select(axis => axis.Before)];
        int[] after = [.. axes.Select((axis, i) => Math.Max(0, (axis.Output - 1) * axis.Stride
            + (axis.Kernel - 1) * axis.Dilation + 1 - axis.Input - axis.Before + (more?[i] ?? 0)))];
        List<(string, object)> attributes =
        [
            ("kernel_shape", axes.Select(axis => axis.Kernel).ToArray()),
            ("strides", axes.Select(axis => axis.Stride).ToArray()),
            ("dilations", axes.Select(axis => axis.Dilation).ToArray()),
            ("pads", (int[])[.. before, .. after]), ("group", groups),
        ];
        if (more is not null && more.Any(m => m > 0))
            attributes.Add(("output_padding", more));
        return t.Node(op, Value.ChannelsFirst(rank), [x, w, .. t.Inputs[2..]], [.. attributes]);
    }

    // With the batch as one sample, which convolutions' sizes do not depend on.
    static Shape ShapeOf(Value x) => Shape.Create([.. x.Recorded.Select(dim => dim.Length)]);
}
