using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Serialization;

/// <summary>The layers that a model's text can name.</summary>
public static class LayerCatalog
{
    /// <summary>All of them; a new layer is one line here.</summary>
    public static Catalog<Layer> All { get; } = new("layer",
    [
        new("AdaptiveAveragePool2d(height, width)", a => new AdaptiveAveragePool2d(a.Int("height"), a.Int("width"))),
        new("AdaptiveMaxPool2d(height, width)", a => new AdaptiveMaxPool2d(a.Int("height"), a.Int("width"))),
        new("AveragePool1d(kernel, stride: null, padding: 0, ceilMode: false, countIncludePad: true)",
            a => new AveragePool1d(a.Int("kernel"), IntOf(a, "stride"), a.Int("padding"), a.Flag("ceilMode"),
                a.Flag("countIncludePad"))),
        new("AveragePool2d(kernel, stride: null, padding: 0, ceilMode: false, countIncludePad: true)",
            a => new AveragePool2d(a.Pair("kernel"), PairOf(a, "stride"), a.Pair("padding"), a.Flag("ceilMode"),
                a.Flag("countIncludePad"))),
        new("BatchNorm(channels, momentum: 0.1, epsilon: 0.00001, affine: true)",
            a => new BatchNorm(a.Int("channels"), a.Number("momentum"), a.Number("epsilon"), a.Flag("affine"))),
        new("Concat(layers...)", a => new Concat(a.BuildAll("layers", All!))),
        new("Celu(alpha: 1)", a => new Celu(a.Number("alpha"))),
        new("Conv1d(inputs, outputs, kernel, stride: 1, padding: 0, dilation: 1, groups: 1, bias: true, "
            + "initializer: null)",
            a => new Conv1d(a.Int("inputs"), a.Int("outputs"), a.Int("kernel"), a.Int("stride"), a.Margin("padding"),
                a.Int("dilation"), a.Int("groups"), a.Flag("bias"), InitializerCatalog.Of(a))),
        new("Conv2d(inputs, outputs, kernel, stride: 1, padding: 0, dilation: 1, groups: 1, bias: true, "
            + "initializer: null)",
            a => new Conv2d(a.Int("inputs"), a.Int("outputs"), a.Pair("kernel"), a.Pair("stride"), a.Padding("padding"),
                a.Pair("dilation"), a.Int("groups"), a.Flag("bias"), InitializerCatalog.Of(a))),
        new("ConvTranspose1d(inputs, outputs, kernel, stride: 1, padding: 0, outputPadding: 0, dilation: 1, "
            + "groups: 1, bias: true, initializer: null)",
            a => new ConvTranspose1d(a.Int("inputs"), a.Int("outputs"), a.Int("kernel"), a.Int("stride"),
                a.Margin("padding"), a.Int("outputPadding"), a.Int("dilation"), a.Int("groups"), a.Flag("bias"),
                InitializerCatalog.Of(a))),
        new("ConvTranspose2d(inputs, outputs, kernel, stride: 1, padding: 0, outputPadding: 0, dilation: 1, "
            + "groups: 1, bias: true, initializer: null)",
            a => new ConvTranspose2d(a.Int("inputs"), a.Int("outputs"), a.Pair("kernel"), a.Pair("stride"),
                a.Padding("padding"), a.Pair("outputPadding"), a.Pair("dilation"), a.Int("groups"), a.Flag("bias"),
                InitializerCatalog.Of(a))),
        new("Dropout(rate: 0.5)", a => new Dropout(a.Number("rate"))),
        new("Elu(alpha: 1)", a => new Elu(a.Number("alpha"))),
        new("Embedding(tokens, features, padding: null, initializer: null)",
            a => new Embedding(a.Int("tokens"), a.Int("features"), IntOf(a, "padding"), InitializerCatalog.Of(a))),
        new("Flatten()", _ => new Flatten()),
        new("Gelu()", _ => new Gelu()),
        new("GeluTanh()", _ => new GeluTanh()),
        new("GlobalAveragePool2d()", _ => new GlobalAveragePool2d()),
        new("GlobalMaxPool2d()", _ => new GlobalMaxPool2d()),
        new("GroupNorm(groups, channels, epsilon: 0.00001)",
            a => new GroupNorm(a.Int("groups"), a.Int("channels"), a.Number("epsilon"))),
        new("HardSigmoid()", _ => new HardSigmoid()),
        new("HardSwish()", _ => new HardSwish()),
        new("Identity()", _ => new Identity()),
        new("InstanceNorm(channels, epsilon: 0.00001)",
            a => new InstanceNorm(a.Int("channels"), a.Number("epsilon"))),
        new("LayerNorm(features, epsilon: 0.00001, affine: true)",
            a => new LayerNorm(a.Int("features"), a.Number("epsilon"), a.Flag("affine"))),
        new("LeakyRelu(slope: 0.01)", a => new LeakyRelu(a.Number("slope"))),
        new("Linear(inputs, outputs, bias: true, initializer: null)",
            a => new Linear(a.Int("inputs"), a.Int("outputs"), a.Flag("bias"), InitializerCatalog.Of(a))),
        new("LogSigmoid()", _ => new LogSigmoid()),
        new("LogSoftmax(axis: -1)", a => new LogSoftmax(a.Int("axis"))),
        new("MaxPool1d(kernel, stride: null, padding: 0, dilation: 1, ceilMode: false)",
            a => new MaxPool1d(a.Int("kernel"), IntOf(a, "stride"), a.Int("padding"), a.Int("dilation"),
                a.Flag("ceilMode"))),
        new("MaxPool2d(kernel, stride: null, padding: 0, dilation: 1, ceilMode: false)",
            a => new MaxPool2d(a.Pair("kernel"), PairOf(a, "stride"), a.Pair("padding"), a.Pair("dilation"),
                a.Flag("ceilMode"))),
        new("Mish()", _ => new Mish()),
        new("PRelu(channels: 1, slope: 0.25)", a => new PRelu(a.Int("channels"), a.Number("slope"))),
        new("Relu()", _ => new Relu()),
        new("Relu6()", _ => new Relu6()),
        new("Rescale(scale, offset: 0)", a => a.Numbers("scale") is [var scale]
                ? new Rescale(scale, a.Number("offset"))
                : a.Try(() => new Rescale(a.Numbers("scale"), a.Numbers("offset")))),
        new("Reshape(axes...)", a => new Reshape(a.Ints("axes"))),
        new("Residual(body, shortcut: null)", a => new Residual(Of(a, "body")!, Of(a, "shortcut"))),
        new("RmsNorm(features, epsilon: 0.000001)",
            a => new RmsNorm(a.Int("features"), a.Number("epsilon"))),
        new("Selu()", _ => new Selu()),
        new("Sequential(layers...)", a => new Sequential(a.BuildAll("layers", All!))),
        new("Sigmoid()", _ => new Sigmoid()),
        new("Silu()", _ => new Silu()),
        new("Softmax(axis: -1)", a => new Softmax(a.Int("axis"))),
        new("Softplus(beta: 1)", a => new Softplus(a.Number("beta"))),
        new("Softsign()", _ => new Softsign()),
        new("SpatialDropout(rate: 0.5)", a => new SpatialDropout(a.Number("rate"))),
        new("Tanh()", _ => new Tanh()),
    ]);

    static Pair? PairOf(Arguments arguments, string name) => arguments.Has(name) ? arguments.Pair(name) : null;

    internal static int? IntOf(Arguments arguments, string name) => arguments.Has(name) ? arguments.Int(name) : null;

    static Layer? Of(Arguments arguments, string name) => arguments.Has(name) ? arguments.Build(name, All) : null;
}

/// <summary>Sizes, strides and paddings of windows as arguments of a text.</summary>
static class Windows
{
    /// <summary>One number for both axes, or <c>[vertical, horizontal]</c>.</summary>
    public static Pair Pair(this Arguments arguments, string name) => Tensors.Pair.Create(arguments.Ints(name));

    /// <summary>One, two or four numbers, or <c>same</c>.</summary>
    public static Padding Padding(this Arguments arguments, string name) => arguments.IsWord(name, "same")
        ? Tensors.Padding.Same
        : Tensors.Padding.Create(arguments.Ints(name));

    /// <summary>One number for both ends, or <c>[before, after]</c>, or <c>same</c>.</summary>
    public static AxisPadding Margin(this Arguments arguments, string name) => arguments.IsWord(name, "same")
        ? Tensors.AxisPadding.Same
        : Tensors.AxisPadding.Create(arguments.Ints(name));
}
