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

    /// <summary>An embedding.</summary>
    /// <param name="tokens">How many tokens there are.</param>
    /// <param name="features">Features of each.</param>
    public Embedding(int tokens, int features)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        (_tokens, _features) = (tokens, features);
        Weight = new([tokens, features], new Normal(deviation: 1));
    }

    /// <summary>The table, [tokens, features].</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => ((Tensor)Weight).Embedding(x);

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts) => parts.Add(Weight);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Embedding").Add(_tokens).Add(_features).ToString();
}
