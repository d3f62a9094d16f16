using System.Text.Json;
using Hondo.Kernels;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Golden;

/// <summary>How the golden cases of pooling are written in Hondo; PyTorch's channels come second.</summary>
static class OpParityPooling
{
    public static Tensor? Compute(OpParityCase c) => c.Op switch
    {
        "max_pool2d" => Last(c["x"], x => x.MaxPool(Window(c, 0), Window(c, 1))),
        "max_pool1d" => Last(c["x"], x => x.MaxPool(Window(c, 0))),
        "avg_pool2d" =>
            Last(c["x"], x => x.AveragePool(Window(c, 0), Window(c, 1), c.Is("count_include_pad"))),
        "avg_pool1d" => Last(c["x"], x => x.AveragePool(Window(c, 0), c.Is("count_include_pad"))),
        "adaptive_avg_pool2d" => Last(c["x"], x => x.AdaptiveAveragePool(c.List("size")[0], c.List("size")[1])),
        "adaptive_max_pool2d" => Last(c["x"], x => x.AdaptiveMaxPool(c.List("size")[0], c.List("size")[1])),
        "interpolate" => Last(c["x"], x => Resized(c, x)),
        "mean" when c.Name == "global_avg" => Last(c["x"], x => x.AdaptiveAveragePool(1, 1)).Reshape(
            c["x"].Shape[..2]),
        "layer_norm" => c.Has("weight") ? c["x"].LayerNorm(c["weight"], c["bias"], 1, c.Number("eps"))
            : c["x"].LayerNorm(null, null, c.Whole("normalized"), c.Number("eps")),
        "rms_norm" => c["x"].RmsNorm(c["weight"], 1, c.Number("eps")),
        "group_norm" => Last(c["x"], x => x.GroupNorm(c.Whole("groups"), c["weight"], c["bias"], c.Number("eps"))),
        "instance_norm" => Last(c["x"], x => x.GroupNorm(x.Shape[^1], c["weight"], c["bias"], c.Number("eps"))),
        "local_response_norm" => Last(c["x"], x => x.LocalResponseNorm(c.Whole("size"), c.Number("alpha"),
            c.Number("beta"), c.Number("k"))),
        _ => null,
    };

    static Tensor Resized(OpParityCase c, Tensor x)
    {
        int[] size = c.HasAttribute("size") ? c.List("size")
            : [x.Shape[1] * c.Whole("scale"), x.Shape[2] * c.Whole("scale")];
        return x.Resize(size[0], size[1], Enum.Parse<Interpolation>(c.Text("mode")!, ignoreCase: true),
            c.HasAttribute("align_corners") && c.Is("align_corners"));
    }

    /// <summary>Computes with the channels last.</summary>
    public static Tensor Last(Tensor x, Func<Tensor, Tensor> f) =>
        f(OpParityRules.Channels(x)) is var y ? y.Permute(OpParityRules.Back(y.Shape.Rank)) : default;

    static PoolWindow Window(OpParityCase c, int axis) => new(Size(c, "kernel", axis, 0), Size(c, "stride", axis, 1),
        Size(c, "padding", axis, 0), Size(c, "dilation", axis, 1), c.HasAttribute("ceil_mode") && c.Is("ceil_mode"));

    static int Size(OpParityCase c, string name, int axis, int ordinary) => !c.HasAttribute(name) ? ordinary
        : c.Attribute(name).ValueKind == JsonValueKind.Array ? c.List(name)[axis] : c.Whole(name);
}
