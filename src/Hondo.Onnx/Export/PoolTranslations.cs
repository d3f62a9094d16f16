using Hondo.Kernels;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Export;

/// <summary>Poolings and other sizes of images.</summary>
static class PoolTranslations
{
    /// <summary>All of them.</summary>
    public static OpTranslation[] All { get; } =
    [
        OpTranslation.Of<MaxPoolOp>((op, t) => Max(t, t.Inputs[0], op.Vertical, op.Horizontal)),
        OpTranslation.Of<ReluMaxPoolOp>((op, t) => Max(t, t.Node("Relu", t.Inputs[0], [t.Inputs[0]]), op.Vertical,
            op.Horizontal)),
        OpTranslation.Of<AveragePoolOp>((op, t) => Pool(t, "AveragePool", t.Inputs[0], op.Vertical, op.Horizontal,
            ("count_include_pad", op.CountIncludePad ? 1 : 0))),
        OpTranslation.Of<AdaptiveAveragePoolOp>((op, t) => Adaptive(t, "Average", op.Height, op.Width)),
        OpTranslation.Of<AdaptiveMaxPoolOp>((op, t) => Adaptive(t, "Max", op.Height, op.Width)),
        OpTranslation.Of<ResizeOp>(Resize),
    ];

    static Value Max(Translation t, Value x, PoolWindow vertical, PoolWindow horizontal) =>
        Pool(t, "MaxPool", x, vertical, horizontal, ("dilations", (int[])[vertical.Dilation, horizontal.Dilation]));

    static Value Pool(Translation t, string op, Value input, PoolWindow vertical, PoolWindow horizontal,
        (string, object) attribute)
    {
        Value x = t.ChannelsFirst(input);
        int height = x.Dims[2].Length, width = x.Dims[3].Length;
        List<(string, object)> attributes =
        [
            ("kernel_shape", (int[])[vertical.Kernel, horizontal.Kernel]),
            ("strides", (int[])[vertical.Stride, horizontal.Stride]),
            ("pads", (int[])[vertical.Padding, horizontal.Padding, vertical.Padding, horizontal.Padding]), attribute,
        ];
        // A last window that reaches over the end: other readers differ in what they make of it, so it is said only
        // where there is one.
        if (Reaches(vertical, height) || Reaches(horizontal, width))
            attributes.Add(("ceil_mode", 1));
        return t.Node(op, Value.ChannelsFirst(4), [x], [.. attributes]);
    }

    static bool Reaches(PoolWindow window, int input) => window.CeilMode && window.Outputs(input)
        != new PoolWindow(window.Kernel, window.Stride, window.Padding, window.Dilation).Outputs(input);

    static Value Adaptive(Translation t, string kind, int height, int width)
    {
        Value x = t.ChannelsFirst(t.Inputs[0]);
        int rows = x.Dims[2].Length, columns = x.Dims[3].Length;
        if ((height, width) == (rows, columns))
            return x;
        if ((height, width) == (1, 1))
            return t.Node($"Global{kind}Pool", Value.ChannelsFirst(4), [x]);
        if (rows % height != 0 || columns % width != 0)
            return kind == "Average" ? Shares(t, x, height, width)
                : throw t.Refuse($"adaptive pooling of {rows}×{columns} to {height}×{width} pixels, whose windows "
                    + "differ,", "Use a size that divides the image's, or GlobalMaxPool2d().");
        int[] kernel = [rows / height, columns / width];
        return t.Node($"{kind}Pool", Value.ChannelsFirst(4), [x], ("kernel_shape", kernel), ("strides", kernel));
    }

    // Means over windows of several lengths, as products: A · x · Bᵀ with a row for each window.
    static Value Shares(Translation t, Value x, int height, int width)
    {
        int rows = x.Dims[2].Length, columns = x.Dims[3].Length;
        Value beside = t.Product(x with { Order = Value.Plain(4) },
            Translation.Of(Windows(columns, width).Transpose(1, 0)));
        return t.Node("MatMul", Value.ChannelsFirst(4), [Translation.Of(Windows(rows, height)), beside]);
    }

    static Weight Windows(int input, int output)
    {
        var shares = new float[output * input];
        PoolAxis axis = PoolAxis.Adaptive(input, output);
        for (int o = 0; o < output; o++)
            for (int i = axis.Start(o); i < axis.End(o); i++)
                shares[o * input + i] = 1f / (axis.End(o) - axis.Start(o));
        return Weight.Of(shares, output, input);
    }

    static Value Resize(ResizeOp op, Translation t)
    {
        Value x = t.ChannelsFirst(t.Inputs[0]);
        // The batch is not resized: by factors, not by a shape, which would fix it.
        float[] scales = [1, 1, (float)op.Height / x.Dims[2].Length, (float)op.Width / x.Dims[3].Length];
        (string mode, string place) = op.Interpolation switch
        {
            Interpolation.Nearest => ("nearest", "asymmetric"),
            Interpolation.Bilinear => ("linear", op.AlignCorners ? "align_corners" : "half_pixel"),
            _ => ("cubic", op.AlignCorners ? "align_corners" : "half_pixel"),
        };
        return t.Node("Resize", new Value { Dims = Dims(t), Order = Value.ChannelsFirst(4), Type = DType.Float32 },
            [x, null, Translation.Of(Weight.Of(scales, 4))], ("mode", mode), ("coordinate_transformation_mode", place),
            ("nearest_mode", "floor"), ("cubic_coeff_a", -0.75));
    }

    static Dim[] Dims(Translation t) => [.. Value.ChannelsFirst(4).Select(axis => t.Dims[axis])];
}
