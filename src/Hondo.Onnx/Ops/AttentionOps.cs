using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>
/// softmax(Q·Kᵀ · scale + mask)·V (Vaswani et al. 2017, arXiv:1706.03762), with fewer heads for keys than for queries,
/// what was seen before, and soft caps; and rotary positions (Su et al. 2021, arXiv:2104.09864).
/// </summary>
static class AttentionOps
{
    public static void AddTo(OpFamily family) => family.AddAll("Attention", Attention).Add("RotaryEmbedding", Rotary);

    static OnnxValue?[] Attention(Call call)
    {
        bool isFlat = call[0].Rank == 3;
        OnnxTensor q = Heads(call[0], call.Int("q_num_heads", 0)), k = Heads(call[1], call.Int("kv_num_heads", 0));
        OnnxTensor v = Heads(call[2], call.Int("kv_num_heads", 0));
        int past = 0;
        if (call.Maybe(4) is { } pastKey && call.Maybe(5) is { } pastValue)
        {
            past = pastKey.Dims[2];
            k = ShapeOps.Concat([pastKey, k], 2);
            v = ShapeOps.Concat([pastValue, v], 2);
        }
        OnnxTensor presentKey = k, presentValue = v;
        (k, v) = (Repeat(k, q.Dims[1]), Repeat(v, q.Dims[1]));
        double scale = call.Float("scale", 1 / Math.Sqrt(q.Dims[3]));
        int kept = (int)call.Int("qk_matmul_output_mode", 0);
        var type = q.Type;
        OnnxTensor wide = MatrixOps.AsDouble(q);
        OnnxTensor scores = UnaryOps.Map(MatrixOps.MatMul(wide, ShapeOps.Transpose(MatrixOps.AsDouble(k), 0, 1, 3, 2)),
            (double s) => s * scale);
        OnnxTensor shown = scores;
        double cap = call.Float("softcap", 0);
        OnnxTensor biased = Mask(call, scores, past);
        // The order of cap and mask is the standard's: capped numbers are masked.
        if (cap > 0)
        {
            OnnxTensor capped = UnaryOps.Map(scores, (double s) => cap * Math.Tanh(s / cap));
            biased = Mask(call, capped, past);
            shown = kept == 1 ? capped : shown;
        }
        else if (kept == 1)
            shown = scores;
        shown = kept == 2 ? biased : shown;
        OnnxTensor weights = SoftmaxRows(biased);
        shown = kept == 3 ? weights : shown;
        OnnxTensor y = CastOps.Convert(MatrixOps.MatMul(weights, MatrixOps.AsDouble(v)), type);
        if (isFlat)
            y = ShapeOps.Transpose(y, 0, 2, 1, 3).Reshape(y.Dims[0], y.Dims[2], y.Dims[1] * y.Dims[3]);
        return [y, presentKey, presentValue, CastOps.Convert(shown, type)];
    }

    // [batch, time, heads · features] → [batch, heads, time, features]
    static OnnxTensor Heads(OnnxTensor x, long heads)
    {
        if (x.Rank == 4)
            return x;
        if (x.Rank != 3 || heads < 1 || x.Dims[2] % heads != 0)
            throw new OnnxException($"{x.Describe()} cannot be split into {heads} heads.");
        return ShapeOps.Transpose(x.Reshape(x.Dims[0], x.Dims[1], (int)heads, x.Dims[2] / (int)heads), 0, 2, 1, 3);
    }

    static OnnxTensor Repeat(OnnxTensor x, int heads)
    {
        int own = x.Dims[1], times = heads / Math.Max(1, own);
        return own == heads ? x : own * times != heads
            ? throw new OnnxException($"{heads} heads of queries are not a multiple of {own} heads of keys.")
            : IndexOps.Gather(x, OnnxTensor.List([.. Enumerable.Range(0, heads).Select(h => (long)(h / times))]), 1);
    }

    /// <summary>Scores and what a mask adds to them: −∞ where a query does not see a key.</summary>
    public static OnnxTensor Mask(Call call, OnnxTensor scores, int past)
    {
        int queries = scores.Dims[2], keys = scores.Dims[3], heads = scores.Dims[1];
        var masked = (double[])scores.Numbers.Clone();
        if (call.Maybe(3) is { } mask)
        {
            OnnxTensor bias = mask.Type == ElementType.Bool
                ? OnnxTensor.Of(ElementType.Float64, mask.Dims.ToArray(),
                    [.. mask.Integers.Select(m => m != 0 ? 0 : double.NegativeInfinity)])
                : MatrixOps.AsDouble(mask);
            // A mask may be shorter than the keys: what it does not reach is masked.
            if (bias.Dims[^1] < keys)
            {
                var after = new int[bias.Rank];
                after[^1] = keys - bias.Dims[^1];
                bias = SliceOps.Pad(bias, new int[bias.Rank], after, "constant",
                    OnnxTensor.Scalar(ElementType.Float64, double.NegativeInfinity));
            }
            int[] places = Dimensions.BroadcastPlaces(bias.Dims, scores.Dims);
            for (int i = 0; i < masked.Length; i++)
                masked[i] += bias.Numbers[places[i]];
        }
        long[]? lengths = call.Integers(6);
        bool causal = call.Flag("is_causal");
        for (int i = 0; i < masked.Length; i++)
        {
            int key = i % keys, query = i / keys % queries, batch = i / keys / queries / heads;
            long shift = lengths is null ? past : lengths[batch] - queries;
            if ((causal && key > query + shift) || (lengths is not null && key >= lengths[batch]))
                masked[i] = double.NegativeInfinity;
        }
        return OnnxTensor.Exact(ElementType.Float64, scores.Dims.ToArray(), masked);
    }

    // A row that is masked as a whole gives zeros.
    static OnnxTensor SoftmaxRows(OnnxTensor x)
    {
        int length = x.Dims[^1];
        var y = new double[x.Size];
        for (int start = 0; start < y.Length; start += length)
        {
            Span<double> row = x.Numbers.AsSpan(start, length);
            double most = double.NegativeInfinity, sum = 0;
            foreach (double n in row)
                most = Math.Max(most, n);
            if (double.IsNegativeInfinity(most))
                continue;
            for (int i = 0; i < length; i++)
                sum += y[start + i] = Math.Exp(row[i] - most);
            for (int i = 0; i < length; i++)
                y[start + i] /= sum;
        }
        return OnnxTensor.Exact(x.Type, x.Dims.ToArray(), y);
    }

    static OnnxTensor Rotary(Call call)
    {
        OnnxTensor x = call[0];
        OnnxTensor heads = x.Rank == 3 ? Heads(x, call.Int("num_heads", 0)) : x;
        int size = heads.Dims[3], turned = (int)call.Int("rotary_embedding_dim", 0) is var d && d > 0 ? d : size;
        OnnxTensor cos = Table(call, call[1]), sin = Table(call, call[2]);
        bool interleaved = call.Flag("interleaved");
        int half = turned / 2, times = heads.Dims[2], each = heads.Dims[1];
        var y = (double[])heads.Numbers.Clone();
        for (int row = 0; row < heads.Size / size; row++)
            for (int i = 0; i < half; i++)
            {
                int t = row % times, batch = row / times / each;
                int at = ((batch % cos.Dims[0]) * times + t) * cos.Dims[^1] + i;
                int first = row * size + (interleaved ? 2 * i : i), second = interleaved ? first + 1 : first + half;
                double a = heads.Numbers[first], b = heads.Numbers[second], c = cos.Numbers[at], s = sin.Numbers[at];
                (y[first], y[second]) = (a * c - b * s, a * s + b * c);
            }
        OnnxTensor result = OnnxTensor.Of(x.Type, heads.Dims.ToArray(), y);
        return x.Rank == 3 ? ShapeOps.Transpose(result, 0, 2, 1, 3).Reshape(x.Dims.ToArray()) : result;
    }

    // [batch, time, half]: rows of the table by the positions, or the table itself.
    static OnnxTensor Table(Call call, OnnxTensor table) =>
        call.Maybe(3) is { } positions ? IndexOps.Gather(table, positions, 0) : table;
}
