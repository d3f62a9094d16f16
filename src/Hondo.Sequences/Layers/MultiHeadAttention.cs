using Hondo.Initializers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Multi-head attention (Vaswani et al. 2017, arXiv:1706.03762)      [batch, steps, features] → the same
/// [q k v] = x·Wᵀ + b, in each head softmax(q·kᵀ / √(features / heads))·v, then a linear layer over all heads.
/// Weights have the names and the layout of PyTorch's files: <c>in_proj_weight</c> [3 · features, features] with q, k
/// and v below each other, <c>in_proj_bias</c>, <c>out_proj.weight</c>, <c>out_proj.bias</c>.
/// </summary>
public sealed class MultiHeadAttention : Layer, IKeyValueCached
{
    readonly int _features, _heads;
    readonly double _dropout;
    readonly bool _causal;
    readonly IInitializer? _initializer;

    /// <summary>An attention layer.</summary>
    /// <param name="features">Features of a step, a multiple of the heads.</param>
    /// <param name="heads">Heads, from 1.</param>
    /// <param name="dropout">The probability that a weight is 0 in training, from 0 to below 1.</param>
    /// <param name="causal">True hides from each step those that follow.</param>
    /// <param name="bias">False leaves biases out.</param>
    /// <param name="initializer">What draws the weights; Glorot's uniform one when left out. Biases start at 0.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public MultiHeadAttention(int features, int heads, double dropout = 0, bool causal = false, bool bias = true,
        IInitializer? initializer = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        if (features % heads != 0)
            throw new ArgumentException($"{heads} heads cannot share {features} features evenly: make features a "
                + $"multiple of {heads}, e.g. {(features / heads + 1) * heads}.", nameof(heads));
        if (dropout is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(dropout), dropout,
                "The dropout of MultiHeadAttention is a probability from 0 to below 1, e.g. 0.1.");
        (_features, _heads, _dropout, _causal, _initializer) = (features, heads, dropout, causal, initializer);
        InWeight = new([3 * features, features], initializer ?? Initial.XavierUniform);
        InBias = bias ? new([3 * features], Initial.Zeros) : null;
        Output = new(features, features, bias, initializer ?? Initial.XavierUniform);
    }

    /// <summary>W of queries, keys and values, [3 · features, features].</summary>
    public Parameter InWeight { get; }

    /// <summary>b of queries, keys and values, [3 · features], or null.</summary>
    public Parameter? InBias { get; }

    /// <summary>The linear layer over all heads.</summary>
    public Linear Output { get; }

    /// <inheritdoc/>
    public KeyValueCache? Past { get; set; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It is not causal.</exception>
    public KeyValueCache NewPast(int length) => _causal ? new(length, 2 * _features)
        : throw new InvalidOperationException($"{this} also looks at what follows: it cannot read step by step. Make "
            + "it causal.");

    internal override bool MayDraw => true;

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => Past is { } past ? Next(x, past) : Self(x, null);

    /// <summary>Self-attention that looks at no padding.</summary>
    /// <param name="x">[batch, steps, features].</param>
    /// <param name="mask">Int32 [batch, steps], 0 for padding.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public Tensor Forward(Tensor x, Tensor mask)
    {
        _ = Parameters;
        return Self(x, mask);
    }

    /// <summary>Attention to another sequence, such as what an encoder made.</summary>
    /// <param name="query">The steps that look, [batch, queries, features].</param>
    /// <param name="memory">What they look at, [batch, keys, features].</param>
    /// <param name="mask">Int32 [batch, keys], 0 for padding; or null.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public Tensor Forward(Tensor query, Tensor memory, Tensor? mask)
    {
        _ = Parameters;
        Tensor q = Project(Checked(query), ..^(2 * _features)), pairs = Project(Checked(memory), _features..);
        return Output.Forward(mask is { } m ? Tape.Apply(Op(AttentionMasks.Padding), q, pairs, m)
            : Tape.Apply(Op(AttentionMasks.None), q, pairs));
    }

    /// <summary>How much each step looks at each other one, the mean over the heads      [batch, steps, steps]
    /// </summary>
    /// <param name="x">[batch, steps, features].</param>
    public Tensor Weights(Tensor x)
    {
        _ = Parameters;
        Tensor q = Heads(Project(Checked(x), ..^(2 * _features)));
        Tensor k = Heads(Project(x, _features..^_features));
        Tensor scores = q.MatMul(k.Permute(0, 1, 3, 2)) * Math.Sqrt((double)_heads / _features);
        int steps = x.Shape[1];
        if (_causal)
            scores = scores.MaskedFill(Tensor.Ones([steps, steps], x.DType).Triu(1), double.NegativeInfinity);
        return scores.Softmax().Mean(1);
    }

    Tensor Self(Tensor x, Tensor? mask)
    {
        Tensor all = Checked(x).Linear(InWeight, InBias?.Value);
        return Output.Forward(mask is { } m ? Tape.Apply(Op(AttentionMasks.Padding), all, m)
            : Tape.Apply(Op(AttentionMasks.None), all));
    }

    // The newest step looks at all steps so far: nothing has to be hidden but the empty places behind it.
    Tensor Next(Tensor x, KeyValueCache past)
    {
        if (x.Shape != [1, 1, _features])
            throw new ShapeException($"{this} with a past reads one step at a time, [1, 1, {_features}], but got "
                + $"{AxisNames.Describe(x.Shape)}. Set Past to null for whole sequences.");
        Tensor all = x.Linear(InWeight, InBias?.Value);
        past.Add(all.Values<float>()[_features..]);
        var op = new AttentionOp(_heads, AttentionMasks.Padding, 0, 0);
        return Output.Forward(Tape.Apply(op, all.SliceAxis(2, .._features), past.Values, past.Seen));
    }

    AttentionOp Op(AttentionMasks mask) => new(_heads, mask | (_causal ? AttentionMasks.Causal : 0), _dropout,
        RandomStream.OfLayer(".weights"));

    Tensor Project(Tensor x, Range rows) => x.Linear(((Tensor)InWeight).SliceAxis(0, rows),
        InBias is null ? null : ((Tensor)InBias).SliceAxis(0, rows));

    Tensor Heads(Tensor x) =>
        x.Reshape([x.Shape[0], x.Shape[1], _heads, _features / _heads]).Permute(0, 2, 1, 3);

    Tensor Checked(Tensor x) => x.Shape is [_, _, var features] && features == _features ? x
        : throw new ShapeException($"{this} needs sequences [batch, time, features {_features}], but got "
            + $"{AxisNames.Describe(x.Shape)}.");

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts) =>
        parts.Add(InWeight, "in_proj_weight").Add(InBias, "in_proj_bias").Add(Output, "out_proj");

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("MultiHeadAttention").Add(_features).Add(_heads)
        .Add("dropout", _dropout, 0).Add("causal", _causal, false).Add("bias", InBias is not null, true)
        .Add("initializer", _initializer, null).ToString();
}
