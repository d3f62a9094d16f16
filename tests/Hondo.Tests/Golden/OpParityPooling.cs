using System.Text.Json;
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
        _ => null,
    };

    /// <summary>Computes with the channels last.</summary>
    public static Tensor Last(Tensor x, Func<Tensor, Tensor> f) =>
        f(OpParityRules.Channels(x)) is var y ? y.Permute(OpParityRules.Back(y.Shape.Rank)) : default;

    static PoolWindow Window(OpParityCase c, int axis) => new(Size(c, "kernel", axis, 0), Size(c, "stride", axis, 1),
        Size(c, "padding", axis, 0), Size(c, "dilation", axis, 1), c.HasAttribute("ceil_mode") && c.Is("ceil_mode"));

    static int Size(OpParityCase c, string name, int axis, int ordinary) => !c.HasAttribute(name) ? ordinary
        : c.Attribute(name).ValueKind == JsonValueKind.Array ? c.List(name)[axis] : c.Whole(name);
}
