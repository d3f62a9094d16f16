using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>
/// A number that says how good a model is, gathered batch by batch without allocating. Outputs are a model's raw
/// outputs (logits for classifiers), targets what the loss gets too: labels, one-hot rows or numbers.
/// </summary>
public interface IMetric
{
    /// <summary>The name in progress lines and files: <c>accuracy</c>.</summary>
    string Name { get; }

    /// <summary>True when a larger value is better.</summary>
    bool IsHigherBetter { get; }

    /// <summary>The value over everything added since the last reset; NaN when nothing was.</summary>
    double Value { get; }

    /// <summary>Adds a batch.</summary>
    /// <exception cref="ShapeException">Output and target do not fit.</exception>
    void Add(Tensor output, Tensor target);

    /// <summary>
    /// Everything gathered since the last reset, as numbers: a checkpoint in the middle of an epoch keeps them.
    /// </summary>
    IReadOnlyList<double> Sums { get; set; }

    /// <summary>Forgets everything added.</summary>
    void Reset();
}

/// <summary>How the numbers of the classes become one.</summary>
public enum Average
{
    /// <summary>The plain mean over the classes that occur: rare classes count as much as frequent ones.</summary>
    Macro,

    /// <summary>From the counts of all classes together: for one label a row it equals the accuracy.</summary>
    Micro,

    /// <summary>The mean over the classes, each weighted by how often it occurs.</summary>
    Weighted,
}
