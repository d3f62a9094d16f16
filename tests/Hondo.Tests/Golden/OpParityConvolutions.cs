using System.Text.Json;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Golden;

/// <summary>How the golden cases of convolutions, which have channels first, are written in Hondo.</summary>
static class OpParityConvolutions
{
    public static Tensor? Compute(OpParityCase c) => c.Op switch
    {
        "conv1d" => Back(OpParityRules.Channels(c["x"]).Conv1d(Kernel(c["weight"]), Bias(c), One(c, "stride", 1),
            One(c, "padding", 0), One(c, "dilation", 1), One(c, "groups", 1))),
        "conv2d" => Back(OpParityRules.Channels(c["x"]).Conv2d(Kernel(c["weight"]), Bias(c), Both(c, "stride", 1),
            Padding(c), Both(c, "dilation", 1), One(c, "groups", 1))),
        "conv3d" => Back(OpParityRules.Channels(c["x"]).Conv3d(Kernel(c["weight"]), Bias(c), Volume(c, "stride"),
            (c.List("padding")[0], new(c.List("padding")[1], c.List("padding")[2])),
            groups: One(c, "groups", 1))),
        "conv_transpose1d" or "conv_transpose2d" => Back(OpParityRules.Channels(c["x"]).ConvTranspose(
            Kernel(c["weight"]), Bias(c), Both(c, "stride", 1), Padding(c), Both(c, "dilation", 1),
            One(c, "groups", 1), Both(c, "output_padding", 0))),
        _ => null,
    };

    // [outputs, inputs, kernel…] → [kernel…, inputs, outputs]
    static Tensor Kernel(Tensor w) => w.Permute([.. Enumerable.Range(2, w.Shape.Rank - 2), 1, 0]);

    static Tensor Back(Tensor y) => y.Permute(OpParityRules.Back(y.Shape.Rank));

    static (int, Pair) Volume(OpParityCase c, string name) => (c.List(name)[0], Pair.Create(c.List(name).AsSpan(1)));

    static Tensor? Bias(OpParityCase c) => c.Has("bias") ? c["bias"] : null;

    static int One(OpParityCase c, string name, int otherwise) => c.HasAttribute(name) ? c.Whole(name) : otherwise;

    static Pair Both(OpParityCase c, string name, int otherwise) => !c.HasAttribute(name) ? otherwise
        : c.Attribute(name).ValueKind == JsonValueKind.Array ? Pair.Create(c.List(name)) : c.Whole(name);

    static Padding Padding(OpParityCase c)
    {
        if (c.HasAttribute("padding") && c.Attribute("padding").ValueKind == JsonValueKind.String)
            return Hondo.Tensors.Padding.Same;
        Pair pair = Both(c, "padding", 0);
        return new(pair.Height, pair.Width);
    }
}
