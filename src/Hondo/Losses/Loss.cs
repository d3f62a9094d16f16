using Hondo.Metrics;
using Hondo.Tensors;

namespace Hondo.Losses;

/// <summary>How wrong a model's output is: one number, which training makes small.</summary>
public abstract class Loss
{
    /// <summary>The name in summaries and progress lines: <c>cross-entropy</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What the targets must be.</summary>
    public abstract TargetKind Target { get; }

    /// <summary>The loss of a batch, as a scalar.</summary>
    /// <param name="output">The model's raw output.</param>
    /// <param name="target">The truth, as <see cref="Target"/> says.</param>
    /// <exception cref="ShapeException">Output and target do not fit.</exception>
    public abstract Tensor Compute(Tensor output, Tensor target);

    /// <summary>What the output means: probabilities for classifiers, the output itself for regressions.</summary>
    public virtual Tensor Predict(Tensor output) => output;

    /// <summary>The metrics that one wants to see beside this loss, made anew.</summary>
    public virtual IReadOnlyList<IMetric> Metrics() => [];

    /// <summary>Refuses shapes that arithmetic would silently broadcast.</summary>
    private protected static void CheckSameShape(Loss loss, Tensor output, Tensor target)
    {
        if (output.Shape == target.Shape)
            return;
        string mend = output.Size == target.Size
            ? $"Reshape the targets to {output.Shape}: as they are they would be broadcast, and every output compared "
                + "with every target."
            : "Give the model's last layer as many outputs as a target has numbers.";
        throw new ShapeException($"{loss} got outputs {output.Shape} and targets {target.Shape}: they must have one shape. {mend}");
    }
}
