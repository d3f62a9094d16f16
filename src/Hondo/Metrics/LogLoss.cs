using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>
/// The mean of −ln p(true class), p = softmax(logits) (sigmoid for one output): cross-entropy in nats.
/// </summary>
public sealed class LogLoss : IMetric
{
    readonly NegativeLogLikelihood _surprise = new(nameof(LogLoss));

    /// <inheritdoc/>
    public string Name => "log loss";

    /// <inheritdoc/>
    public bool IsHigherBetter => false;

    /// <inheritdoc/>
    public double Value => _surprise.Nats;

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target) => _surprise.Add(output, target);

    /// <inheritdoc/>
    public IReadOnlyList<double> Sums { get => _surprise.Sums; set => _surprise.Sums = value; }

    /// <inheritdoc/>
    public void Reset() => _surprise.Reset();

    /// <inheritdoc/>
    public override string ToString() => "LogLoss()";
}
