using Hondo.Layers;
using Hondo.Onnx.Gradients;
using Hondo.Tensors;

namespace Hondo.Onnx.Tests;

/// <summary>What of a graph is a weight, a body and a value; and a finder of text, whose maps grow again.</summary>
public sealed class GraphPartsTests
{
    [Theory]
    [InlineData("nearest", "asymmetric")]
    [InlineData("linear", "half_pixel")]
    public void Text_is_found_by_maps_that_grow_again(string mode, string places) =>
        Finder(mode, places).Compare(2e-5, "f 1,3,24,40");

    internal static TextGraph Finder(string mode, string places) => new($$"""
        a = Conv(x, w:8x3x3x3, w:8){strides: [2, 2], pads: [1, 1, 1, 1]}
        b = Conv(a, w:8x8x3x3){strides: [2, 2], pads: [1, 1, 1, 1]}
        s = Shape(a)
        hw = Slice(s, i:2, i:4, i:0)
        bs = Shape(b)
        nc = Slice(bs, i:0, i:2, i:0)
        to = Concat(nc, hw){axis: 0}
        up = Resize(b, , , to){mode: '{{mode}}', coordinate_transformation_mode: '{{places}}', nearest_mode: 'floor'}
        c = Concat(a, up){axis: 1}
        g = GlobalAveragePool(c)
        g1 = Conv(g, w:4x16x1x1, w:4)
        g2 = Relu(g1)
        g3 = Conv(g2, w:16x4x1x1, w:16)
        g4 = HardSigmoid(g3)
        se = Mul(c, g4)
        t1 = ConvTranspose(se, w:16x8x2x2, w:8){strides: [2, 2], kernel_shape: [2, 2]}
        t2 = BatchNormalization(t1, k:8, w:8, w:8, k:8)
        t3 = HardSwish(t2)
        t4 = ConvTranspose(t3, w:8x1x3x3, w:1){strides: [2, 2], pads: [1, 1, 1, 1], output_padding: [1, 1]}
        y = Sigmoid(t4)
        """, "y", ["x f batch,3,h,w"]);

    [Fact]
    public void A_graph_is_cut_before_its_last_layer_with_weights()
    {
        var whole = Assert.IsType<OnnxModel>(new TextGraph("""
            a = Conv(x, w:4x3x3x3, w:4)
            s = Sin(a)
            g = GlobalAveragePool(s)
            f = Flatten(g)
            t = Transpose(w:5x4){perm: [1, 0]}
            m = MatMul(f, t)
            y = Add(m, w:5)
            """, "y", ["x f 1,3,8,8"]).Use(path => OnnxModel.Load(path)));
        OnnxModel body = Assert.IsType<OnnxModel>(whole.WithoutHead());
        Assert.Equal([2, 4], body.Forward(Tensor.Ones([2, 8, 8, 3])).Shape);
        Assert.Equal(112, body.Parameters.Sum(p => p.Shape.Size));
        Assert.Contains(body.Parameters[0], whole.Parameters);
    }

    [Fact]
    public void Masks_bounds_and_factors_are_no_weights()
    {
        Layer model = new TextGraph("""
            a = MatMul(x, w:4x4)
            b = Add(a, f:0.5;-1e9;1.5;2.5)
            c = Clip(b, f:=0, f:=6)
            d = Pow(c, f:2.0;2.0;2.0;2.0)
            y = Mul(d, f:=3)
            """, "y", ["x f 2,4"]).Use(path => OnnxModel.Load(path));
        Assert.Equal([[4, 4]], model.Parameters.Select(p => p.Shape));
        Assert.Contains("MatMul", TapeOps.Names);
    }

    [Theory]
    [InlineData("y = Identity(x)", "x s 2", "The input 'x' is string [2]")]
    [InlineData("y = Cast(x){to: 8}", "x f 2", "The output 'y' is string [2]")]
    [InlineData("a = Cast(x){to: 7}\ny = Mul(a, i:=4000000000)", "x f 2", "The output 'y' has the number 4000000000")]
    public void What_no_tensor_holds_is_named(string line, string input, string message) => Assert.Contains(message,
        Assert.ThrowsAny<OnnxException>(() => new TextGraph(line, "y", [input]).Load().Run(
            new Dictionary<string, Tensor> { ["x"] = Tensor.Ones([2]) })).Message, StringComparison.Ordinal);
}
