namespace Hondo.Onnx.Tests;

/// <summary>
/// Graphs as speech and text recognition have them, small: shapes computed of shapes, axes of any length, recurrent
/// layers, and branches. ONNX Runtime says what is right.
/// </summary>
public sealed class RealGraphTests
{
    [Theory]
    [InlineData(17)]
    [InlineData(41)]
    public void Text_of_any_width_is_read_by_convolutions_and_recurrent_layers(int width) =>
        Reader.Compare(2e-5, $"f 2,1,8,{width}");

    internal static TextGraph Reader => new("""
        a = Conv(x, w:8x1x3x3, w:8){pads: [1, 1, 1, 1]}
        b = BatchNormalization(a, k:8, w:8, w:8, k:8){epsilon: 0.001}
        c = Clip(b, f:=0, f:=6)
        d = MaxPool(c){kernel_shape: [2, 2], strides: [2, 1], pads: [0, 0, 0, 1]}
        e = Conv(d, w:16x8x4x3, w:16){pads: [0, 1, 0, 1]}
        h = HardSigmoid(e){alpha: 0.1666, beta: 0.5}
        e2 = Mul(e, h)
        s = Squeeze(e2, i:2)
        t = Transpose(s){perm: [2, 0, 1]}
        l, lh, lc = LSTM(t, w:2x24x16, w:2x24x6, w:2x48, , , , ){hidden_size: 6, direction: 'bidirectional'}
        p = Transpose(l){perm: [0, 2, 1, 3]}
        q = Reshape(p, i:0;0;-1)
        g, gh = GRU(q, w:1x15x12, w:1x15x5, w:1x30){hidden_size: 5, linear_before_reset: 1}
        g2 = Squeeze(g, i:1)
        sh = Shape(g2)
        n = Gather(sh, i:=1){axis: 0}
        n1 = Unsqueeze(n, i:0)
        to = Concat(i:-1, n1, i:5){axis: 0}
        r = Reshape(g2, to)
        m = MatMul(r, w:5x7)
        o = Add(m, w:7)
        y = LogSoftmax(o){axis: 2}
        best = ArgMax(y){axis: -1, keepdims: 0}
        """, "y, best", ["x f batch,1,8,width"]);

    [Theory]
    [InlineData(160)]
    [InlineData(333)]
    public void Speech_of_any_length_is_heard_by_convolutions_along_time_and_attention(int samples) =>
        Listener.Compare(5e-5, $"f 2,{samples}");

    internal static TextGraph Listener => new(Hearing + "\n" + Attention, "y", ["x f batch,samples"]);

    const string Hearing = """
        u = Unsqueeze(x, i:1)
        mean = ReduceMean(u){axes: [2]}
        z = Sub(u, mean)
        a = Conv(z, w:12x1x10){strides: [5], kernel_shape: [10]}
        i = InstanceNormalization(a, k:12, w:12)
        e = Div(i, f:=1.4142135)
        e1 = Erf(e)
        e2 = Add(e1, f:=1)
        e3 = Mul(i, e2)
        b = Mul(e3, f:=0.5)
        c = Conv(b, w:12x12x3, w:12){strides: [2]}
        t = Transpose(c){perm: [0, 2, 1]}
        m = ReduceMean(t){axes: [-1]}
        d = Sub(t, m)
        d2 = Pow(d, f:=2)
        v = ReduceMean(d2){axes: [-1]}
        v2 = Add(v, f:=0.00001)
        sd = Sqrt(v2)
        n = Div(d, sd)
        n2 = Mul(n, k:12)
        f = Add(n2, w:12)
        ft = Transpose(f){perm: [0, 2, 1]}
        pos = Conv(ft, w:12x3x4, w:12){group: 4, pads: [2, 2]}
        pos2 = Slice(pos, i:0, i:-1, i:2)
        pg = Mul(pos2, w:12x1)
        pt = Transpose(pg){perm: [0, 2, 1]}
        h = Add(f, pt)
        """;

    const string Attention = """
        sh = Shape(h)
        bs = Gather(sh, i:=0)
        ts = Gather(sh, i:=1)
        b1 = Unsqueeze(bs, i:0)
        t1 = Unsqueeze(ts, i:0)
        to = Concat(b1, t1, i:3;4){axis: 0}
        q0 = MatMul(h, w:12x12)
        q1 = Reshape(q0, to)
        q = Transpose(q1){perm: [0, 2, 1, 3]}
        k0 = MatMul(h, w:12x12)
        k1 = Reshape(k0, to)
        k = Transpose(k1){perm: [0, 2, 3, 1]}
        v0 = MatMul(h, w:12x12)
        w1 = Reshape(v0, to)
        vv = Transpose(w1){perm: [0, 2, 1, 3]}
        qk = MatMul(q, k)
        qs = Mul(qk, f:=0.5)
        sm = Softmax(qs){axis: -1}
        o = MatMul(sm, vv)
        ot = Transpose(o){perm: [0, 2, 1, 3]}
        back = Concat(b1, t1, i:12){axis: 0}
        y = Reshape(ot, back)
        """;

    [Theory]
    [InlineData("3;1;4;1;5")]
    [InlineData("2")]
    public void A_decoder_sees_the_tokens_before_alone(string tokens) =>
        Decoder.Compare(3e-5, $"i {tokens} 1,{tokens.Split(';').Length}", "f 1,6,5");

    internal static TextGraph Decoder => new("""
        sh = Shape(ids)
        t = Gather(sh, i:=1)
        t1 = Unsqueeze(t, i:0)
        e = Gather(w:9x8, ids)
        p = Slice(w:16x8, i:0, t1, i:0)
        h = Add(e, p)
        n = LayerNormalization(h, k:8, w:8){axis: -1}
        tt = Concat(t1, t1){axis: 0}
        ones = ConstantOfShape(tt)
        one2 = Add(ones, f:=1)
        later = Trilu(one2, i:=1){upper: 1}
        isLater = Cast(later){to: 9}
        kt = Transpose(n){perm: [0, 2, 1]}
        qk = MatMul(n, kt)
        hid = Where(isLater, f:=-1e9, qk)
        sm = Softmax(hid)
        o = MatMul(sm, n)
        c = MatMul(o, w:8x6)
        ck = MatMul(audio, w:5x6)
        ckt = Transpose(ck){perm: [0, 2, 1]}
        cs = MatMul(c, ckt)
        csm = Softmax(cs)
        r = MatMul(csm, ck)
        last = Gather(r, i:=-1){axis: 1}
        logits = Gemm(last, w:6x9){transB: 0}
        top, places = TopK(logits, i:3)
        range = Range(i:=0, t, i:=1)
        isLong = Greater(t, i:=3)
        y = If(isLong){then_branch: @long, else_branch: @short}
        """, "logits, top, places, range, y", ["ids i batch,time", "audio f batch,frames,5"], inner: new()
    {
        ["long"] = ("", "a = Relu(logits)", "a f"),
        ["short"] = ("", "b = Neg(logits)", "b f"),
    });

    [Theory]
    [InlineData(16000)]
    [InlineData(8000)]
    public void A_detector_of_voices_keeps_its_state_and_has_a_branch_for_each_rate(int rate) => new TextGraph("""
        pad = Pad(x, i:0;8;0;8){mode: 'reflect'}
        u = Unsqueeze(pad, i:1)
        isWide = Equal(rate, i:=16000)
        y, next = If(isWide){then_branch: @wide, else_branch: @narrow}
        """, "y, next", ["x f batch,samples", "state f 2,batch,4", "rate i"], inner: new()
    {
        ["wide"] = ("", Detector(16, 9), "out f, s f"),
        ["narrow"] = ("", Detector(8, 5), "out f, s f"),
    }).Compare(3e-5, "f 2,64", "f 2,2,4", $"i {rate} ");

    static string Detector(int window, int bins) => $"""
        f = Conv(u, w:{2 * bins}x1x{window}){"{"}strides: [8]{"}"}
        re, im = Split(f, i:{bins};{bins}){"{"}axis: 1{"}"}
        re2 = Mul(re, re)
        im2 = Mul(im, im)
        p = Add(re2, im2)
        mag = Sqrt(p)
        c = Conv(mag, w:4x{bins}x3, w:4){"{"}pads: [1, 1]{"}"}
        r = Relu(c)
        t = Transpose(r){"{"}perm: [2, 0, 1]{"}"}
        h0, c0 = Split(state){"{"}axis: 0{"}"}
        l, hn, cn = LSTM(t, w:1x16x4, w:1x16x4, w:1x32, , h0, c0){"{"}hidden_size: 4{"}"}
        s = Concat(hn, cn){"{"}axis: 0{"}"}
        ls = Squeeze(l, i:1)
        lt = Transpose(ls){"{"}perm: [1, 2, 0]{"}"}
        d = Conv(lt, w:1x4x1, w:1)
        sig = Sigmoid(d)
        out = ReduceMean(sig){"{"}axes: [2], keepdims: 0{"}"}
        """;
}
