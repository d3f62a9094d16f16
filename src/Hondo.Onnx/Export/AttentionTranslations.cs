using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Export;

/// <summary>Scaled dot-product attention of several heads, written as its formula.</summary>
static class AttentionTranslations
{
    /// <summary>All of them.</summary>
    public static OpTranslation[] All { get; } = [OpTranslation.Of<AttentionOp>(Write)];

    static Value Write(AttentionOp op, Translation t)
    {
        bool isPadded = (op.Masks & AttentionMasks.Padding) != 0;
        Value[] parts = [.. (isPadded ? t.Inputs[..^1] : t.Inputs).Select(t.Plain)];
        (Value q, Value k, Value v) = parts.Length switch
        {
            1 => Three(t.Split(parts[0], 2, [t.Dims[2].Length, t.Dims[2].Length, t.Dims[2].Length])),
            2 => Three([parts[0], .. t.Split(parts[1], 2, [t.Dims[2].Length, t.Dims[2].Length])]),
            _ => Three(parts),
        };
        int heads = op.Heads, width = t.Dims[2].Length / heads, queries = q.Dims[1].Length, keys = k.Dims[1].Length;
        Value scores = t.Product(Heads(t, q, heads, [0, 2, 1, 3]), Heads(t, k, heads, [0, 2, 3, 1]));
        scores = t.Broadcast("Mul", scores, Translation.Number(1 / Math.Sqrt(width)));
        bool isCausal = (op.Masks & AttentionMasks.Causal) != 0;
        Value weights = isPadded ? Padded(t, scores, t.Plain(t.Inputs[^1]), isCausal)
            : Softmax(t, isCausal ? t.Broadcast("Add", scores, Later(queries, keys, float.NegativeInfinity)) : scores);
        Value y = t.Product(weights, Heads(t, v, heads, [0, 2, 1, 3]));
        Value side = t.Arrange(y, [0, 2, 1, 3]) with { Order = Value.Plain(4) };
        return t.Reshape(side, t.Dims);
    }

    static (Value, Value, Value) Three(Value[] parts) => (parts[0], parts[1], parts[2]);

    // [batch, steps, features] → [batch, heads, steps, width], or the last two exchanged
    static Value Heads(Translation t, Value x, int heads, int[] order)
    {
        Value split = t.Reshape(x, [x.Dims[0], x.Dims[1], heads, x.Dims[2].Length / heads]);
        return t.Arrange(split, order) with { Order = Value.Plain(4) };
    }

    static Value Softmax(Translation t, Value x) => t.Node("Softmax", x, [x], ("axis", -1));

    // Query i sees the keys up to i, the last query the last key.
    static Value Later(int queries, int keys, float value)
    {
        var numbers = new float[queries * keys];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = i % keys > i / keys + keys - queries ? value : 0;
        return Translation.Of(Weight.Of(numbers, queries, keys));
    }

    // A query that sees nothing gives 0, where a softmax of minus infinities is no number.
    static Value Padded(Translation t, Value scores, Value mask, bool isCausal)
    {
        const double Hidden = -1e30;
        Value seen = t.Node("Cast", mask with { Type = DType.Float32 }, [mask],
            ("to", GraphWriter.TypeOf(DType.Float32)));
        seen = t.Reshape(seen, [mask.Dims[0], 1, 1, mask.Dims[1]]);
        if (isCausal)
        {
            Value later = Later(scores.Dims[2].Length, scores.Dims[3].Length, 1);
            seen = t.Broadcast("Mul", seen, t.Broadcast("Sub", Translation.Number(1), later));
        }
        Value truth = t.Node("Cast", seen, [seen], ("to", GraphWriter.TypeOf(null)));
        Value masked = t.Broadcast("Where", truth, scores, Translation.Number(Hidden));
        Value kept = t.Node("Cast", truth with { IsTruth = false }, [truth], ("to", GraphWriter.TypeOf(DType.Float32)));
        return t.Broadcast("Mul", Softmax(t, masked), kept);
    }
}
