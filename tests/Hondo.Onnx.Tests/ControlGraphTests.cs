namespace Hondo.Onnx.Tests;

/// <summary>Loops, scans and lists of unknown length, as ONNX Runtime has them.</summary>
public sealed class ControlGraphTests
{
    [Fact]
    public void A_loop_writes_token_after_token_until_it_has_enough() => new TextGraph("""
        first = Unsqueeze(start, i:0)
        last, all = Loop(i:=6, b:=1, first){body: @step}
        """, "last, all", ["start i"], inner: new()
    {
        ["step"] = ("i i ; go b ; token i 1", """
                e = Gather(w:11x11, token)
                i1 = Cast(i){to: 1}
                e1 = Add(e, i1)
                e2 = Sin(e1)
                next = ArgMax(e2){axis: 1, keepdims: 0}
                n = Squeeze(next, i:0)
                more = Less(n, i:=10)
                """, "more b, next i, n i"),
    }).Compare(0, "i 3 ");

    [Fact]
    public void A_scan_goes_along_time_with_a_state() => new TextGraph("""
        t = Transpose(x){perm: [1, 0, 2]}
        end, all = Scan(h, t){body: @cell, num_scan_inputs: 1, scan_output_directions: [1]}
        """, "end, all", ["h f batch,4", "x f batch,time,3"], inner: new()
    {
        ["cell"] = ("h0 f batch,4; x0 f batch,3", """
                a = MatMul(x0, w:3x4)
                b = MatMul(h0, w:4x4)
                c = Add(a, b)
                h1 = Tanh(c)
                o = Identity(h1)
                """, "h1 f, o f"),
    }).Compare(1e-5, "f 2,4", "f 2,7,3");

    [Theory]
    [InlineData("i:=3", "f:=0.3", "f:=0.2", 0)]
    [InlineData("i:=50", "f:=0.7", "f:=-1", 1)]
    [InlineData("i:=0", "f:=0.5", "f:=0", 0)]
    public void Boxes_that_overlap_are_left_out(string most, string overlap, string score, int center) =>
        new TextGraph($$"""
        a = Abs(x)
        y = NonMaxSuppression(a, s, {{most}}, {{overlap}}, {{score}}){center_point_box: {{center}}}
        """, "y", ["x f 1,12,4", "s f 1,2,12"]).Compare(0, "f 1,12,4", "f 1,2,12");
}
