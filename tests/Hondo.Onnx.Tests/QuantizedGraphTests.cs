namespace Hondo.Onnx.Tests;

/// <summary>Numbers of few bits, and the operators that quantizers and optimizers write, as ONNX Runtime has them.
/// </summary>
public sealed class QuantizedGraphTests
{
    [Fact]
    public void Quantized_graphs_give_the_same_steps() => new TextGraph("""
        q = QuantizeLinear(x, f:=0.02, u8:=)
        dq = DequantizeLinear(q, f:=0.02, u8:=)
        wd = DequantizeLinear(s8:6x3x3x3, k:6){axis: 0}
        ws = Mul(wd, f:=0.01)
        c = Conv(dq, ws, w:6)
        r = Relu(c)
        q2 = QuantizeLinear(r, f:=0.1, u8:=)
        d2, ds, dz = DynamicQuantizeLinear(r)
        ci = ConvInteger(d2, u8:2x6x3x3, dz, u8:=)
        m = Reshape(d2, i:6;-1)
        mt = Transpose(m){perm: [1, 0]}
        mi = MatMulInteger(mt, u8:6x5, dz, u8:=)
        """, "q, ds, dz, ci, mi", ["x f 1,3,9,8"]).Compare(1, "f 1,3,9,8");

    [Theory]
    [InlineData("y = Gelu(x) com.microsoft", 1e-5)]
    [InlineData("y = BiasGelu(x, w:6) com.microsoft", 1e-5)]
    [InlineData("y = FastGelu(x, w:6) com.microsoft", 1e-5)]
    [InlineData("y = QuickGelu(x){alpha: 1.5} com.microsoft", 1e-5)]
    [InlineData("y = FusedMatMul(x, w:2x5x6){alpha: 0.5, transB: 1} com.microsoft", 1e-5)]
    [InlineData("y = SkipLayerNormalization(x, w:2x4x6, k:6, w:6, w:6){epsilon: 0.001} com.microsoft", 2e-5)]
    [InlineData("y = SkipSimplifiedLayerNormalization(x, w:2x4x6, k:6){epsilon: 0.001} com.microsoft", 2e-5)]
    [InlineData("y = SimplifiedLayerNormalization(x, k:6){epsilon: 0.001}", 2e-5)]
    [InlineData("y = Attention(x, w:6x18, w:18){num_heads: 2} com.microsoft", 2e-5)]
    [InlineData("y = Attention(x, w:6x18, w:18){num_heads: 3, unidirectional: 1} com.microsoft", 2e-5)]
    [InlineData("y = MultiHeadAttention(x, x, x, w:18){num_heads: 2} com.microsoft", 2e-5)]
    [InlineData("y = MatMulNBits(x, u8:5x1x8, k:5){K: 6, N: 5, bits: 4, block_size: 16} com.microsoft", 1e-4)]
    [InlineData("y = DynamicQuantizeMatMul(x, u8:6x5, f:=0.01, u8:=, w:5) com.microsoft", 1e-4)]
    public void Steps_that_optimizers_join_are_known(string line, double tolerance) =>
        new TextGraph(line, "y", ["x f 2,4,6"]).Compare(tolerance, "f 2,4,6");

    [Theory]
    [InlineData("y = QLinearAdd(q, f:=0.02, u8:=, u8:2x4x6, f:=0.03, u8:=, f:=0.05, u8:=) com.microsoft")]
    [InlineData("y = QLinearMul(q, f:=0.02, u8:=, u8:2x4x6, f:=0.03, u8:=, f:=0.08, u8:=) com.microsoft")]
    [InlineData("y = QLinearSigmoid(q, f:=0.02, u8:=, f:=0.004, ) com.microsoft")]
    [InlineData("y = QLinearLeakyRelu(q, f:=0.02, u8:=, f:=0.02, u8:=){alpha: 0.1} com.microsoft")]
    [InlineData("y = QLinearConcat(f:=0.05, u8:=, q, f:=0.02, u8:=, q, f:=0.03, u8:=){axis: 1} com.microsoft")]
    public void Quantized_steps_of_ONNX_Runtime_are_at_most_one_apart(string line) => new TextGraph("""
        q = QuantizeLinear(x, f:=0.02, u8:=)
        """ + "\n" + line, "y", ["x f 2,4,6"]).Compare(1, "f 2,4,6");

    [Theory]
    [InlineData(10)]
    [InlineData(16)]
    public void Halves_are_rounded_as_they_are_written(int type) => new TextGraph($$"""
        h = Cast(x){to: {{type}}}
        s = Cast(h){to: 1}
        y = Mul(s, f:=3)
        """, "s, y", ["x f 3,5"]).Compare(0, "f 3,5");
}
