namespace Hondo.Onnx.Tests;

/// <summary>Attention, places between pixels, and what is said by other nodes: their derivatives are those of finite
/// differences, and their results ONNX Runtime's.</summary>
public sealed class GraphTrainingFormsTests
{
    [Theory]
    [InlineData("y = Attention(x, k, v){q_num_heads: 4, kv_num_heads: 2, is_causal: 1}", "k f 2,3,6", "v f 2,3,6")]
    [InlineData("y = Attention(x, k, v, w:3x3){q_num_heads: 2, kv_num_heads: 2, softcap: 1.5, scale: 0.4}",
        "k f 2,3,12", "v f 2,3,12")]
    [InlineData("m = Reshape(b:1;0;1;1;1;0;0;0;0, i:3;3)\ny = Attention(x, k, v, m){q_num_heads: 2, kv_num_heads: 2}",
        "k f 2,3,12", "v f 2,3,12")]
    public void Attention_has_a_derivative(string line, string key, string value)
    {
        TextGraph graph = new(line, "y", ["x f 2,3,12", key, value], 23);
        graph.Compare(2e-5, "f 2,3,12", key[2..], value[2..]);
        Assert.True(graph.CheckGradients("f 2,3,12", key[2..], value[2..]) >= 9);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{interleaved: 1, rotary_embedding_dim: 4}")]
    public void Rotary_positions_have_a_derivative(string attributes)
    {
        int half = attributes.Length > 0 ? 2 : 3;
        TextGraph graph = new($"c = Cos(t)\ns = Sin(t)\ny = RotaryEmbedding(x, c, s){attributes}", "y",
            ["x f 2,2,5,6", $"t f 2,5,{half}"], 23);
        graph.Compare(2e-5, "f 2,2,5,6", $"f 2,5,{half}");
        Assert.True(graph.CheckGradients("f 2,2,5,6", $"f 2,5,{half}") >= 6);
    }

    [Theory]
    [InlineData("linear", "zeros", 0)]
    [InlineData("linear", "border", 1)]
    [InlineData("linear", "reflection", 0)]
    [InlineData("nearest", "zeros", 0)]
    [InlineData("cubic", "zeros", 1)]
    [InlineData("cubic", "border", 0)]
    [InlineData("cubic", "reflection", 0)]
    public void Pixels_and_places_between_pixels_have_derivatives(string mode, string padding, int corners)
    {
        TextGraph graph = new($"y = GridSample(x, g){{mode: '{mode}', padding_mode: '{padding}', align_corners: "
            + $"{corners}}}", "y", ["x f 2,3,5,4", "g f 2,3,2,2"], 20);
        graph.Compare(2e-5, "f 2,3,5,4", "f 2,3,2,2");
        Assert.True(graph.CheckGradients("f 2,3,5,4", "f 2,3,2,2") >= 6);
    }

    [Fact]
    public void A_spatial_transformer_learns_where_to_look()
    {
        TextGraph graph = new("t = Gemm(x, w:12x6, w:6)\nr = Reshape(t, i:0;2;3)\ng = AffineGrid(r, i:2;1;4;5)"
            + "{align_corners: 1}\ny = GridSample(p, g)", "y", ["x f 2,12", "p f 2,1,6,6"], 20);
        graph.Compare(2e-5, "f 2,12", "f 2,1,6,6");
        Assert.True(graph.CheckGradients("f 2,12", "f 2,1,6,6") >= 12);
    }

    [Theory]
    [InlineData("y, k = Loop(i:=3, , x){body: @round}")]
    [InlineData("y, k = Scan(h, x){body: @cell, num_scan_inputs: 1, scan_input_directions: [1], "
        + "scan_output_axes: [1]}", "h = ReduceMean(x){axes: [0], keepdims: 0}")]
    [InlineData("q = SplitToSequence(x){axis: 1, keepdims: 0}\nm = SequenceMap(q){body: @each}\n"
        + "y = ConcatFromSequence(m){axis: 0, new_axis: 1}\nk = Neg(y)")]
    public void What_is_repeated_has_a_derivative(string line, string before = "")
    {
        TextGraph graph = new($"{before}\n{line}", "y, k", ["x f 4,3"], 17, new()
        {
            ["round"] = ("i i ; go b ; at f 4,3", "a = MatMul(at, w:3x3)\nnext = Tanh(a)\non = Identity(go)\n"
                + "kept = ReduceSum(a, i:0){keepdims: 0}", "on b , next f 4,3, kept f 3"),
            ["cell"] = ("state f 3; one f 3", "a = MatMul(one, w:3x3)\nb = Add(a, state)\nnext = Tanh(b)\n"
                + "kept = Mul(next, one)", "next f, kept f"),
            ["each"] = ("one f 4", "a = MatMul(one, w:4x2)\nb = Sigmoid(a)", "b f"),
        });
        graph.Compare(2e-5, "f 4,3");
        Assert.True(graph.CheckGradients("f 4,3") >= 6);
    }

    [Theory]
    [InlineData("y = BiasGelu(x, w:8)")]
    [InlineData("y = FastGelu(x)")]
    [InlineData("y = QuickGelu(x)")]
    [InlineData("y = FusedMatMul(x, w:5x8){transB: 1, alpha: 0.5}")]
    [InlineData("a = FusedMatMul(x, w:8x4)\ny, b, c, s = SkipLayerNormalization(x, z, w:8, w:8, w:8)", "z = Neg(x)")]
    [InlineData("y = SkipSimplifiedLayerNormalization(x, z, w:8)", "z = Sin(x)")]
    [InlineData("y = Attention(x, w:8x24, w:24){num_heads: 2, unidirectional: 1}")]
    [InlineData("y = MultiHeadAttention(x, z, z, w:24){num_heads: 4}", "z = Cos(x)")]
    public void Joined_operators_train_as_those_they_join(string line, string before = "")
    {
        string text = string.Join('\n', line.Split('\n').Select(one => $"{one} com.microsoft"));
        TextGraph graph = new($"{before}\n{text}", "y", ["x f 2,3,8"]);
        graph.Compare(2e-5, "f 2,3,8");
        Assert.True(graph.CheckGradients("f 2,3,8") >= 3);
    }
}
