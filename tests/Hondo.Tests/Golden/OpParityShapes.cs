using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Golden;

/// <summary>How the golden cases of shapes and indices are written in Hondo.</summary>
static class OpParityShapes
{
    public static Tensor? Compute(OpParityCase c) => c.Op switch
    {
        "reshape" => c["x"].Reshape([4, c["x"].Size / 4]),
        "permute" when c.HasAttribute("then") => c["x"].Permute(c.List("dims")) is var y
            ? y.Reshape([y.Shape[0], y.Shape.SizeAfter(0)]) * 2 : default,
        "permute" => c["x"].Permute(c.List("dims")),
        "transpose" => c["x"].Transpose(c.List("dims")[0], c.List("dims")[1]),
        "unsqueeze" => Unsqueezed(c["x"]),
        "expand" => c["x"].Expand(Shape.Create(c.List("shape"))),
        "repeat" => c["x"].Repeat(c.List("repeats")),
        "concat" => Tensor.Concat(c.Whole("dim"), c["x"], c["y"], c["z"]),
        "stack" => Tensor.Stack(c.Whole("dim"), c["x"], c["y"]),
        "slice" when c.Name == "slice_step" => c["x"].Slice(.., (1..4).By(2), 1..^1),
        "slice" => c["x"].Slice(1),
        "flip" => c["x"].Flip(c.List("dims")),
        "roll" => c["x"].Roll(c.Whole("shift"), c.Whole("dim")),
        "index_select" => c["x"].IndexSelect(c.Ints("index"), c.Whole("dim")),
        "gather" => c["x"].Gather(c.Ints("index"), c.Whole("dim")),
        "scatter_add" => c["x"].ScatterAdd(c.Ints("index"), c["src"], c.Whole("dim")),
        "one_hot" => c.Ints("index").OneHot(c.Whole("classes")),
        "tril" => c["x"].Tril(c.Whole("diagonal")),
        "triu" => c["x"].Triu(c.Whole("diagonal")),
        "diagonal" => c["x"].Diagonal(),
        "pad" => Padded(c, c["x"]),
        "pixel_shuffle" => Shuffled(c["x"], c.Whole("factor")),
        _ => null,
    };

    public static Tensor Reused(Tensor x) => x * x * x + x;

    static Tensor Unsqueezed(Tensor x) => x.Unsqueeze(0).Squeeze(0).Unsqueeze(-1);

    static Tensor Padded(OpParityCase c, Tensor x)
    {
        int[] amounts = c.List("pad_last_first"), before = new int[x.Shape.Rank], after = new int[x.Shape.Rank];
        for (int i = 0; i < amounts.Length / 2; i++)
            (before[^(i + 1)], after[^(i + 1)]) = (amounts[2 * i], amounts[2 * i + 1]);
        return c.Text("mode") switch
        {
            "reflect" => x.PadReflect(before, after),
            "replicate" => x.PadReplicate(before, after),
            "circular" => x.PadCircular(before, after),
            _ => x.Pad(before, after, c.Number("value")),
        };
    }

    // [batch, channels · r², height, width] → [batch, channels, height · r, width · r]
    static Tensor Shuffled(Tensor x, int r)
    {
        int batch = x.Shape[0], channels = x.Shape[1] / (r * r), height = x.Shape[2], width = x.Shape[3];
        return x.Reshape([batch, channels, r, r, height, width]).Permute(0, 1, 4, 2, 5, 3)
            .Reshape([batch, channels, height * r, width * r]);
    }
}
