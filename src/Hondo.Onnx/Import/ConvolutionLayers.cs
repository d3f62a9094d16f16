using Hondo.Layers;
using Hondo.Onnx.Values;
using Hondo.Tensors;

namespace Hondo.Onnx.Import;

/// <summary>Convolutions of images.</summary>
static class ConvolutionLayers
{
    public static Form? FormOf(Node node, Form x, OnnxTensor? weight)
    {
        if (weight is not { Rank: 4, Type: ElementType.Float32 } || x.Layout == Layout.Rows
            || node.Text("auto_pad", "NOTSET") is not ("NOTSET" or "VALID" or "SAME_UPPER"))
            return null;
        if (x.Channels != weight.Dims[1] * node.Int("group", 1))
            return null;
        // What was pooled to one pixel is rows in Hondo: a 1×1 convolution of it is a linear layer.
        return x.Layout == Layout.Image
            ? Sizes(node, x, weight.Dims[2], weight.Dims[3]) with { Channels = weight.Dims[0] }
            : weight.Dims[2] == 1 && weight.Dims[3] == 1 && node.Int("group", 1) == 1
                && (node.Ints("pads") ?? []).All(p => p == 0) ? new(Layout.Pooled, weight.Dims[0]) : null;
    }

    // How many rows and columns are made of an image whose size is known.
    static Form Sizes(Node node, Form x, int height, int width)
    {
        long[] strides = node.Ints("strides") ?? [1, 1], dilations = node.Ints("dilations") ?? [1, 1];
        bool isSame = node.Text("auto_pad", "NOTSET") == "SAME_UPPER";
        long[] pads = node.Text("auto_pad", "NOTSET") == "VALID" ? [0, 0, 0, 0] : node.Ints("pads") ?? [0, 0, 0, 0];
        if (x.Height == 0 || strides.Length != 2 || dilations.Length != 2 || pads.Length != 4
            || strides.Any(s => s < 1))
            return x with { Height = 0, Width = 0 };
        return x with { Height = Made(0, x.Height, height), Width = Made(1, x.Width, width) };

        int Made(int axis, int size, int kernel) => (int)Math.Max(0, isSame
            ? (size + strides[axis] - 1) / strides[axis]
            : (size + pads[axis] + pads[axis + 2] - dilations[axis] * (kernel - 1) - 1) / strides[axis] + 1);
    }

    public static Layer Make(Node node, Form x, Func<int, OnnxTensor?> constant)
    {
        OnnxTensor weight = constant(1)!;
        OnnxTensor? bias = node.Input(2).Length > 0
            ? constant(2) ?? throw new NoLayerException($"the bias of {node.Label} is computed") : null;
        if (x.Layout == Layout.Pooled)
            return LinearLayers.Of(weight.Reshape(weight.Dims[0], weight.Dims[1]).AsFloats(), weight.Dims[0],
                weight.Dims[1], bias);
        long[] strides = node.Ints("strides") ?? [1, 1], dilations = node.Ints("dilations") ?? [1, 1];
        int groups = (int)node.Int("group", 1);
        var layer = new Conv2d(weight.Dims[1] * groups, weight.Dims[0], [weight.Dims[2], weight.Dims[3]],
            PairOf(strides), PaddingOf(node), PairOf(dilations), groups, bias is not null);
        layer.Weight.Set(Tensor.Of(Turn(weight), layer.Weight.Shape));
        if (bias is not null)
            layer.Bias!.Set(Tensor.Of(bias.AsFloats(), layer.Bias.Shape));
        return layer;
    }

    /// <summary>Two numbers, above and beside.</summary>
    public static Pair PairOf(long[] two) => two.Length == 2 ? new((int)two[0], (int)two[1])
        : throw new NoLayerException($"[{string.Join(", ", two)}] are not two numbers");

    static Padding PaddingOf(Node node)
    {
        if (node.Text("auto_pad", "NOTSET") == "SAME_UPPER")
            return Padding.Same;
        long[] pads = node.Text("auto_pad", "NOTSET") == "VALID" ? [0, 0, 0, 0] : node.Ints("pads") ?? [0, 0, 0, 0];
        return pads.Length == 4 && pads.All(p => p >= 0)
            ? new(new AxisPadding((int)pads[0], (int)pads[2]), new AxisPadding((int)pads[1], (int)pads[3]))
            : throw new NoLayerException($"{node.Label} has pads [{string.Join(", ", pads)}]");
    }

    // [outputs, inputs, height, width] → [height, width, inputs, outputs]
    static float[] Turn(OnnxTensor weight)
    {
        int outputs = weight.Dims[0], inputs = weight.Dims[1], area = weight.Dims[2] * weight.Dims[3];
        float[] from = weight.AsFloats(), to = new float[from.Length];
        for (int o = 0; o < outputs; o++)
            for (int i = 0; i < inputs; i++)
                for (int p = 0; p < area; p++)
                    to[(p * inputs + i) * outputs + o] = from[(o * inputs + i) * area + p];
        return to;
    }
}
