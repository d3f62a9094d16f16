using Hondo.Layers;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Import;

/// <summary>What layer a node is.</summary>
sealed class NodeLayers(IReadOnlyDictionary<string, OnnxTensor> constants, IReadOnlyDictionary<string, Form> forms)
{
    static readonly HashSet<string> Elementwise = ["Relu", "Clip", "Sigmoid", "Tanh", "LeakyRelu", "Elu", "Selu",
        "Celu", "Softplus", "Softsign", "HardSigmoid", "HardSwish", "Gelu", "Mish", "Dropout", "Identity"];

    /// <summary>The inputs that are no constants.</summary>
    public IEnumerable<string> DataInputs(Node node) =>
        node.Inputs.Where(name => name.Length > 0 && !constants.ContainsKey(name));

    OnnxTensor? Constant(Node node, int input) => constants.GetValueOrDefault(node.Input(input));

    /// <summary>How the node's output lies, or null where no layer is known.</summary>
    public Form? FormOf(Node node, string[] data)
    {
        if (node.Domain.Length > 0)
            return null;
        Form x = forms[data[0]];
        if (data.Length > 1)
            return Merged(node, data);
        return node.Op switch
        {
            _ when Elementwise.Contains(node.Op) && node.Inputs[0] == data[0] => x,
            "Conv" => ConvolutionLayers.FormOf(node, x, Constant(node, 1)),
            "BatchNormalization" => NormLayers.FormOf(x, Constant(node, 1)),
            "Mul" or "Add" or "Sub" or "Div" when LineOf(node, data[0]) is not null => x,
            "Cast" => node.Int("to", 0) == (int)ElementType.Float32 ? x : null,
            "Transpose" => x.Layout == Layout.FeaturesLast && node.Ints("perm") is [0, 3, 1, 2]
                ? x with { Layout = Layout.Image } : null,
            "MaxPool" or "AveragePool" => PoolLayers.FormOf(node, x),
            "LRN" => x.Layout == Layout.Image ? x : null,
            "GlobalAveragePool" or "GlobalMaxPool" => x.Layout == Layout.Image ? new(Layout.Pooled, x.Channels) : null,
            "ReduceMean" => PoolLayers.MeanOf(node, x, Constant(node, 1)),
            "Flatten" => node.Int("axis", 1) == 1 ? Flat(x) : null,
            "Reshape" => IsFlat(Constant(node, 1), x) ? Flat(x) : null,
            "Squeeze" => x.Layout == Layout.Pooled ? Flat(x) : null,
            "Gemm" => LinearLayers.FormOf(node, x, Constant(node, 1)),
            "MatMul" => node.Inputs[0] == data[0] && x.Layout == Layout.Rows && Constant(node, 1) is { Rank: 2 }
                ? new(Layout.Rows, 0) : null,
            "Softmax" or "LogSoftmax" => CanNormalize(node, x) ? x : null,
            "Slice" => ShortcutLayers.Subsampled(x, i => Constant(node, i)),
            "Pad" => ShortcutLayers.Widened(node, x, i => Constant(node, i)),
            _ => null,
        };
    }

    Form? Merged(Node node, string[] data)
    {
        Form[] all = [.. data.Select(name => forms[name])];
        if (data.Length != node.Inputs.Count || all.Any(form => form.Layout != all[0].Layout))
            return null;
        if (node.Op is "Add" or "Sum" && data.Length == 2)
            return all[0].Channels == all[1].Channels ? all[0] : null;
        if (node.Op != "Concat" || all.Any(form => form is { Layout: Layout.Rows, Channels: > 0 }))
            return null;
        long axis = node.Int("axis", 1);
        return axis == 1 || (all[0].Layout == Layout.Rows ? axis == -1 : axis == -3)
            ? all[0] with { Channels = all.Sum(form => form.Channels) } : null;
    }

    static Form Flat(Form x) => x.Layout switch
    {
        Layout.Image => new(Layout.Rows, x.Channels),
        Layout.Pooled => new(Layout.Rows, 0),
        _ => x,
    };

    // [batch, all others]
    static bool IsFlat(OnnxTensor? shape, Form x) => shape is { Size: 2 } && shape.Integers[0] is -1 or 0 or 1
        && shape.Integers[1] is var features && x.Layout switch
        {
            Layout.Image => features == -1 || (features > 0 && features % x.Channels == 0),
            Layout.Pooled => features == -1 || features == x.Channels,
            _ => shape.Integers[0] != -1 && features == -1,
        };

    static bool CanNormalize(Node node, Form x) => x.Layout switch
    {
        Layout.Rows => x.Channels == 0 && node.Int("axis", -1) is 1 or -1,
        Layout.Pooled => node.Int("axis", -1) is 1 or -3,
        _ => node.Int("axis", -1) is 1 or -3 && node.Int("flattens", 0) == 0,
    };

    // A number for each channel of an image: [channels, 1, 1] in the file, or [channels] where they are last there too.
    ChannelLine? LineOf(Node node, string data)
    {
        Form x = forms[data];
        if (node.Inputs.FirstOrDefault(name => name != data) is not { } other || x.Layout is not (Layout.Image
            or Layout.FeaturesLast) || !constants.TryGetValue(other, out OnnxTensor? c) || !c.IsFloat || c.Rank > 4
            || (node.Op is "Sub" or "Div" && node.Inputs[0] != data))
            return null;
        int axis = x.Layout == Layout.Image ? c.Rank - 3 : c.Rank - 1;
        bool isPerChannel = axis >= 0 && c.Dims[axis] == c.Size && c.Size == x.Channels;
        return isPerChannel || c.Size == 1 ? ChannelLine.Of(node.Op, c.AsFloats(), x.Channels) : null;
    }

    /// <summary>The layers of a node with one input that is no constant.</summary>
    public Layer[] Make(Node node, string data)
    {
        Form x = forms[data];
        Func<int, OnnxTensor?> constant = i => Constant(node, i);
        return node.Op switch
        {
            "Conv" => [ConvolutionLayers.Make(node, x, constant)],
            "BatchNormalization" => [NormLayers.Make(node, constant)],
            "Mul" or "Add" or "Sub" or "Div" => [LineOf(node, data)!],
            "MaxPool" or "AveragePool" => [PoolLayers.Make(node, x)],
            "LRN" => [new LocalResponseNorm((int)node.Int("size", 5), node.Float("alpha", 1e-4),
                node.Float("beta", 0.75), node.Float("bias", 1))],
            "GlobalAveragePool" or "ReduceMean" => [new GlobalAveragePool2d()],
            "GlobalMaxPool" => [new GlobalMaxPool2d()],
            "Flatten" or "Reshape" => x.Layout == Layout.Image ? [new Flatten()] : [],
            "Squeeze" or "Identity" or "Cast" or "Transpose" => [],
            "Gemm" or "MatMul" => [LinearLayers.Make(node, x, constant)],
            "Softmax" => [new Softmax()],
            "LogSoftmax" => [new LogSoftmax()],
            "Slice" => [ShortcutLayers.Subsample(constant)],
            "Pad" => [ShortcutLayers.ZeroChannels(constant)],
            _ => [ActivationLayers.Make(node, constant)],
        };
    }
}
