using System.Numerics;
using Hondo.Initializers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// A learned row of features for each token      int32 [..] → [.., features], weight [tokens, features]
/// </summary>
public sealed class Embedding : Layer
{
    readonly int _tokens, _features;
    readonly int? _padding;
    readonly IInitializer? _initializer;

    /// <summary>An embedding.</summary>
    /// <param name="tokens">How many tokens there are.</param>
    /// <param name="features">Features of each.</param>
    /// <param name="padding">A token that stands for nothing: its row starts at 0 and gets no gradient.</param>
    /// <param name="initializer">What draws the rows; the normal distribution with σ = 1 when left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Embedding(int tokens, int features, int? padding = null, IInitializer? initializer = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        if (padding is { } token && (token < 0 || token >= tokens))
            throw new ArgumentOutOfRangeException(nameof(padding), padding,
                $"The padding of Embedding is one of its {tokens} tokens, from 0 to {tokens - 1}.");
        (_tokens, _features, _padding, _initializer) = (tokens, features, padding, initializer);
        IInitializer rows = initializer ?? new Normal(deviation: 1);
        Weight = new([tokens, features], padding is { } empty ? new WithEmptyRow(rows, empty) : rows);
    }

    /// <summary>The table, [tokens, features].</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">x has no tokens.</exception>
    protected override Tensor Run(Tensor x) => x.DType == DType.Int32 ? ((Tensor)Weight).Embedding(x, _padding)
        : throw new ShapeException($"{this} looks up tokens, Int32 numbers of a text, but got {x.DType} "
            + $"{AxisNames.Describe(x.Shape)}. Give it tokens, or begin with another layer.");

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts) => parts.Add(Weight);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Embedding").Add(_tokens).Add(_features)
        .Add("padding", _padding, null).Add("initializer", _initializer, null).ToString();

    sealed class WithEmptyRow(IInitializer others, int row) : IInitializer
    {
        public void Fill<T>(Span<T> values, Shape shape, ulong seed, ulong stream)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            others.Fill(values, shape, seed, stream);
            values.Slice(row * shape[1], shape[1]).Clear();
        }
    }
}
