using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Scaled dot-product attention of several heads   y = softmax(q·kᵀ / √d)·v   (Vaswani et al. 2017, arXiv:1706.03762)
/// q [batch, queries, features], k and v [batch, keys, features] (, mask int32 [batch, keys]) → q's shape
/// Heads share the features evenly, d each. Side by side in one operand, q, k and v may be [batch, steps,
/// 3 · features], or k and v [batch, keys, 2 · features]: then one product makes them and nothing is copied.
/// With p the softmax, dropped to p':   dv = p'ᵀ·dy,  ds = p·(dp − Σ p·dp) / √d,  dq = ds·k,  dk = dsᵀ·q
/// </summary>
/// <param name="Heads">How many heads.</param>
/// <param name="Masks">What is hidden. A query that sees nothing gives 0.</param>
/// <param name="Dropout">The share of the weights that is dropped in training, in [0, 1).</param>
/// <param name="Stream">The random stream of the dropout.</param>
readonly record struct AttentionOp(int Heads, AttentionMasks Masks, double Dropout, ulong Stream)
    : IOp, IDifferencedOp
{
    static string IOp.Name => "Attention";

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x)
    {
        if (DropoutIn(Tape.Active!.Info).Rate > 0)
            return null;
        var shape = new AttentionShape(this, x.ToArray().Select(t => t.Shape).ToArray());
        Tensor q = Split(x, shape.Query, shape), k = Split(x, shape.Key, shape), v = Split(x, shape.Value, shape);
        Tensor hidden = Tensor.Zeros([q.Shape[2], k.Shape[2]], q.DType);
        if ((Masks & AttentionMasks.Causal) != 0)
            hidden = Tensor.Ones([q.Shape[2], k.Shape[2]], q.DType).Triu(1 + k.Shape[2] - q.Shape[2]);
        if (IsPadded)
            hidden = hidden.Maximum(x[^1].EqualTo(0).To(q.DType).Reshape([x[^1].Shape[0], 1, 1, x[^1].Shape[1]]));
        Tensor scores = q.MatMul(k, transposeB: true) * Math.Sqrt((double)Heads / shape.Features);
        // A hidden step weighs nothing, also where all are hidden.
        Tensor weights = scores.MaskedFill(hidden, -1e30).Softmax() * (1 - hidden);
        return weights.MatMul(v).Permute(0, 2, 1, 3).Reshape(shape.Result);
    }

    // [batch, steps, heads · size] → [batch, heads, steps, size]
    Tensor Split(ReadOnlySpan<Tensor> x, (int Operand, int Column) place, AttentionShape shape)
    {
        Tensor part = x[place.Operand][.., .., place.Column..(place.Column + shape.Features)];
        return part.Reshape([part.Shape[0], part.Shape[1], Heads, shape.Features / Heads]).Permute(0, 2, 1, 3);
    }

    static bool IOp.TakesWholeNumbers => true;

    bool IsPadded => (Masks & AttentionMasks.Padding) != 0;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => new AttentionShape(this, x).Result;

    Extent IOp.MemoBytes(ReadOnlySpan<Shape> x, DType type) =>
        (Extent)new AttentionShape(this, x).Sizes.WeightNumbers * type.Size;

    long IOp.MultiplyAdds(ReadOnlySpan<Shape> x, Shape y) =>
        2 * new AttentionShape(this, x).Sizes.WeightNumbers * y[^1] / Heads;

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        AttentionShape shape = ShapeOf(x);
        if (IsPadded && x[x.Count - 1].Type != DType.Int32)
            throw new ArgumentException($"Attention takes a mask of Int32, 1 for a step and 0 for padding, but got "
                + $"{x[x.Count - 1].Type} {x[x.Count - 1].Shape}.");
        ReadOnlySpan<int> mask = IsPadded ? x[x.Count - 1].Ints : [];
        AttentionHeads.Forward(shape.Sizes, Rows(x, shape.Query, shape), Rows(x, shape.Key, shape),
            Rows(x, shape.Value, shape), mask, DropoutIn(x.Step), x.Memo<T>(),
            new Matrix<T>(y.Data, y.Shape.SizeBefore(2), shape.Features));
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        AttentionShape shape = ShapeOf(x);
        AttentionHeads.Backward(shape.Sizes, Rows(x, shape.Query, shape), Rows(x, shape.Key, shape),
            Rows(x, shape.Value, shape), DropoutIn(x.Step), (ReadOnlySpan<T>)x.Memo<T>(),
            new Matrix<T>(dy.Data, y.Shape.SizeBefore(2), shape.Features),
            Rows(dx, shape.Query, shape), Rows(dx, shape.Key, shape), Rows(dx, shape.Value, shape));
    }

    AttentionShape ShapeOf<T>(Operands<T> x) where T : unmanaged
    {
        Span<Shape> shapes = stackalloc Shape[x.Count];
        for (int i = 0; i < x.Count; i++)
            shapes[i] = x[i].Shape;
        return new(this, shapes);
    }

    AttentionDropout DropoutIn(StepInfo step) =>
        new(step.Mode == Mode.Training ? Dropout : 0, step.Seed, Stream, step.Step);

    static Matrix<T> Rows<T>(Operands<T> x, (int Operand, int Column) place, AttentionShape shape) where T : unmanaged
    {
        View<T> view = x[place.Operand];
        return view.IsNeeded
            ? new(view.Data[place.Column..], view.Shape.SizeBefore(2), shape.Features, view.Shape[2])
            : default;
    }
}

/// <summary>What attention hides from its queries.</summary>
[Flags]
public enum AttentionMasks : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>What follows: query i sees keys up to i, the last query the last key.</summary>
    Causal = 1,

    /// <summary>Steps that an int32 [batch, keys] marks with 0, such as the padding of short sequences.</summary>
    Padding = 2,
}

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

/// <summary>Attention as a function of tensors.</summary>
public static class AttentionExtensions
{
    extension(Tensor query)
    {
        /// <summary>Attention of these queries [batch, queries, features] to keys and their values.</summary>
        /// <param name="key">[batch, keys, features].</param>
        /// <param name="value">Like key.</param>
        /// <param name="heads">How many heads share the features.</param>
        /// <param name="causal">True hides what follows: query i sees keys up to i, the last query the last key.
        /// </param>
        /// <param name="mask">Int32 [batch, keys], 0 where nothing may look; or null.</param>
        /// <exception cref="ShapeException">The shapes do not fit.</exception>
        public Tensor Attention(Tensor key, Tensor value, int heads, bool causal = false, Tensor? mask = null)
        {
            AttentionMasks masks = (causal ? AttentionMasks.Causal : 0) | (mask is null ? 0 : AttentionMasks.Padding);
            var op = new AttentionOp(heads, masks, 0, 0);
            return mask is { } m ? Tape.Apply(op, query, key, value, m) : Tape.Apply(op, query, key, value);
        }
    }
}
