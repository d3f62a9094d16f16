using Hondo.Onnx.Ops;
using Hondo.Onnx.Values;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Gradients;

/// <summary>Attention over heads, and rotary positions; see <see cref="AttentionOps"/> for the formulas.</summary>
static class TapeAttention
{
    // Stands for −∞, whose gradient is no number.
    const double Hidden = -1e30;

    public static void AddTo(Dictionary<string, TapeOp> ops)
    {
        ops["Attention"] = Attention;
        ops["RotaryEmbedding"] = Rotary;
    }

    static OnnxValue?[]? Attention(TapeCall call)
    {
        // The scores themselves are seldom asked for, and masks that are learned come with nothing else that hides.
        bool isLearned = call.Plain.Value(3) is TapeValue;
        if (call.Node.Wants(3) || (isLearned && (call.Has(6) || call.Dims(3)[^1] != Keys(call))))
            return null;
        bool isFlat = call.Dims(0).Length == 3;
        int heads = (int)call.Node.Int("q_num_heads", 0), fewer = (int)call.Node.Int("kv_num_heads", 0), past = 0;
        Tensor q = Heads(call.Tensor(0), heads), k = Heads(call.Tensor(1), fewer), v = Heads(call.Tensor(2), fewer);
        if (call.Has(4) && call.Has(5))
        {
            past = call.Dims(4)[2];
            (k, v) = (Tensor.Concat(2, [call.Tensor(4), k]), Tensor.Concat(2, [call.Tensor(5), v]));
        }
        Tensor scores = q.MatMul(Repeat(k, q.Shape[1]), transposeB: true)
            * call.Node.Float("scale", 1 / Math.Sqrt(q.Shape[3]));
        double cap = call.Node.Float("softcap", 0);
        scores = cap > 0 ? (scores / cap).Tanh() * cap : scores;
        scores = isLearned ? scores + call.Tensor(3) : scores;
        Tensor y = Weights(call, scores, past, isLearned).MatMul(Repeat(v, q.Shape[1]));
        if (isFlat)
            y = y.Permute(0, 2, 1, 3).Reshape([y.Shape[0], y.Shape[2], y.Shape[1] * y.Shape[3]]);
        ElementType type = call[0].Type;
        return [TapeValue.Of(y, type), TapeValue.Of(k, type), TapeValue.Of(v, type)];
    }

    static int Keys(TapeCall call) => call.Dims(1)[^2] + (call.Has(4) ? call.Dims(4)[2] : 0);

    // [batch, time, heads · features] → [batch, heads, time, features]
    static Tensor Heads(Tensor x, int heads) => x.Shape.Rank == 4 ? x
        : x.Reshape([x.Shape[0], x.Shape[1], heads, x.Shape[2] / heads]).Permute(0, 2, 1, 3);

    // Each head of keys serves several of queries.
    static Tensor Repeat(Tensor x, int heads)
    {
        int own = x.Shape[1], times = heads / own;
        return own == heads ? x : own * times != heads
            ? throw new OnnxException($"{heads} heads of queries are not a multiple of {own} heads of keys.")
            : x.IndexSelect(Tensor.Of([.. Enumerable.Range(0, heads).Select(head => head / times)], [heads]), 1);
    }

    // softmax(scores + mask); a query that sees no key has zeros.
    static Tensor Weights(TapeCall call, Tensor scores, int past, bool isLearned)
    {
        OnnxValue?[] values = [.. Enumerable.Range(0, call.Count).Select(i => i < 3 || !call.Has(i)
            || (i == 3 && isLearned) ? null : call.Constant(i))];
        OnnxTensor mask = AttentionOps.Mask(call.With(values),
            OnnxTensor.Of(ElementType.Float64, [.. scores.Shape], new double[scores.Size]), past);
        if (mask.Numbers.All(n => n == 0))
            return scores.Softmax(3);
        double[] added = [.. mask.Numbers.Select(n => Math.Max(n, Hidden))];
        Tensor weights = (scores + Tensor.Of(added, scores.Shape).To(scores.DType)).Softmax(3);
        int keys = scores.Shape[3];
        double[] sees = [.. added.Chunk(keys).Select(row => row.Any(n => n > Hidden) ? 1.0 : 0)];
        return sees.All(one => one == 1) ? weights
            : weights * Tensor.Of(sees, scores.Shape.With(3, 1)).To(scores.DType);
    }

    static OnnxValue?[] Rotary(TapeCall call)
    {
        TapeValue given = call[0];
        Tensor x = Heads(given.InFile, (int)call.Node.Int("num_heads", 0));
        int size = x.Shape[3], turned = (int)call.Node.Int("rotary_embedding_dim", 0) is var d && d > 0 ? d : size;
        int half = turned / 2;
        Tensor cos = Table(call, 1, half), sin = Table(call, 2, half);
        bool isInterleaved = call.Node.Int("interleaved", 0) != 0;
        // [.., half, 2] where a pair lies side by side, [.., 2, half] where it lies in both halves.
        Tensor front = x.SliceAxis(3, ..turned);
        Shape pairs = [.. x.Shape[..3], .. isInterleaved ? (int[])[half, 2] : [2, half]];
        int axis = isInterleaved ? 4 : 3;
        Tensor pair = front.Reshape(pairs), a = pair.SliceAxis(axis, 0), b = pair.SliceAxis(axis, 1);
        Tensor y = Tensor.Stack(axis, [a * cos - b * sin, a * sin + b * cos]).Reshape(front.Shape);
        y = turned == size ? y : Tensor.Concat(3, [y, x.SliceAxis(3, turned..)]);
        return call.Result(given.Rank == 3 ? y.Permute(0, 2, 1, 3).Reshape(given.InFile.Shape) : y);
    }

    // [batch, 1, time, half]: rows of the table by the positions, or the table itself.
    static Tensor Table(TapeCall call, int input, int half)
    {
        Tensor table = call.Tensor(input);
        if (call.Has(3))
            table = table.IndexSelect(Tensor.Of(call.Constant(3).AsInts(), Shape.Create(call.Dims(3))), 0);
        return table.SliceAxis(2, ..half).Reshape([table.Shape[0], 1, table.Shape[1], half]);
    }
}
