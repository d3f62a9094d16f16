using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>
/// e^(mean of −ln p(true class)), p = softmax(logits): among how many equally likely classes the model wavers.
/// </summary>
public sealed class Perplexity : IMetric
{
    readonly NegativeLogLikelihood _surprise = new(nameof(Perplexity));

    /// <inheritdoc/>
    public string Name => "perplexity";

    /// <inheritdoc/>
    public bool IsHigherBetter => false;

    /// <inheritdoc/>
    public double Value => Math.Exp(_surprise.Nats);

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target) => _surprise.Add(output, target);

    /// <inheritdoc/>
    public IReadOnlyList<double> Sums { get => _surprise.Sums; set => _surprise.Sums = value; }

    /// <inheritdoc/>
    public void Reset() => _surprise.Reset();

    /// <inheritdoc/>
    public override string ToString() => "Perplexity()";
}
