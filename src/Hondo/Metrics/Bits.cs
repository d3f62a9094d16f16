using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>The mean of −log₂ p(true class), p = softmax(logits): for a text model, bits per character.</summary>
public sealed class Bits : IMetric
{
    readonly NegativeLogLikelihood _surprise = new(nameof(Bits));

    /// <inheritdoc/>
    public string Name => "bits";

    /// <inheritdoc/>
    public bool IsHigherBetter => false;

    /// <inheritdoc/>
    public double Value => _surprise.Nats / Math.Log(2);

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target) => _surprise.Add(output, target);

    /// <inheritdoc/>
    public IReadOnlyList<double> Sums { get => _surprise.Sums; set => _surprise.Sums = value; }

    /// <inheritdoc/>
    public void Reset() => _surprise.Reset();

    /// <inheritdoc/>
    public override string ToString() => "Bits()";
}
