using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>The sizes of attention's operands, checked, and which operand and column its parts begin in.</summary>
readonly struct AttentionShape
{
    public readonly AttentionSizes Sizes;
    public readonly Shape Result;
    public readonly int Features;
    public readonly (int Operand, int Column) Query, Key, Value;

    public AttentionShape(AttentionOp op, ReadOnlySpan<Shape> x)
    {
        bool isPadded = (op.Masks & AttentionMasks.Padding) != 0, isCausal = (op.Masks & AttentionMasks.Causal) != 0;
        int parts = x.Length - (isPadded ? 1 : 0);
        foreach (Shape shape in x[..parts])
            if (shape.Rank != 3)
                throw Wrong(x, "sequences are [batch, steps, features]");
        Features = parts == 1 ? x[0][2] / 3 : x[0][2];
        (Key, Value) = parts switch
        {
            1 => ((0, Features), (0, 2 * Features)),
            2 => ((1, 0), (1, Features)),
            _ => ((1, 0), (2, 0)),
        };
        CheckParts(x, parts);
        if (op.Heads < 1 || Features % op.Heads != 0 || Features == 0)
            throw Wrong(x, $"{op.Heads} heads cannot share {Features} features evenly");
        int queries = x[0][1], keys = x[Key.Operand][1];
        if (keys == 0 || (isCausal && keys < queries))
            throw Wrong(x, isCausal ? "a causal query needs a key of its own place: give as many keys as queries, "
                + "or more" : "there must be a key to look at");
        if (isPadded && x[^1] != [x[0][0], keys])
            throw Wrong(x, $"the mask must be int32 [{x[0][0]}, {keys}], one number for each key");
        Sizes = new(x[0][0], op.Heads, queries, keys, Features / op.Heads, isCausal);
        Result = x[0].With(2, Features);
    }

    static void CheckParts(ReadOnlySpan<Shape> x, int parts)
    {
        int features = x[0][2], batch = x[0][0];
        if (parts == 1 && features % 3 != 0)
            throw Wrong(x, "queries, keys and values side by side have three times as many features as each");
        if (parts == 2 && (x[1][2] != 2 * features || x[1][0] != batch))
            throw Wrong(x, $"keys and values side by side must be [{batch}, keys, {2 * features}]");
        if (parts == 3 && (x[1][2] != features || x[1][0] != batch || x[2] != x[1]))
            throw Wrong(x, $"keys and values must both be [{batch}, keys, {features}]");
    }

    static ShapeException Wrong(ReadOnlySpan<Shape> x, string problem) => ShapeException.For<AttentionOp>(x, problem);
}
