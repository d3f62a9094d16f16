using Hondo.Metrics;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Losses;

/// <summary>How wrong a model's output is: one number, which training makes small.</summary>
public abstract class Loss
{
    /// <summary>The name in summaries and progress lines: <c>cross-entropy</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What the targets must be.</summary>
    public abstract TargetKind Target { get; }

    /// <summary>True for losses of sequences, whose targets are tokens or bits at each step.</summary>
    internal virtual bool IsForSequences => false;

    /// <summary>The loss of a batch, as a scalar.</summary>
    /// <param name="output">The model's raw output.</param>
    /// <param name="target">The truth, as <see cref="Target"/> says.</param>
    /// <exception cref="ShapeException">Output and target do not fit.</exception>
    public abstract Tensor Compute(Tensor output, Tensor target);

    /// <summary>What the output means: probabilities for classifiers, the output itself for regressions.</summary>
    public virtual Tensor Predict(Tensor output) => output;

    /// <summary>The metrics that one wants to see beside this loss, made anew.</summary>
    public virtual IReadOnlyList<IMetric> Metrics() => [];

    /// <summary>The C# that builds it; a loss with arguments says them itself.</summary>
    public override string ToString() => $"{GetType().Name}()";

    /// <summary>What else the mean loss of a pass says, by name: these figures cost nothing.</summary>
    public virtual IEnumerable<(string Name, double Value)> Figures(double loss) => [];
}

/// <summary>A loss to train by is one number.</summary>
static class ReduceToOne
{
    public static void Check(Reduce reduce, string name)
    {
        if (reduce is not (Reduce.Mean or Reduce.Sum))
            throw new ArgumentException($"A loss is one number: reduce is Mean or Sum, not {reduce}.", name);
    }
}

/// <summary>What a loss compares the model's output with.</summary>
public enum TargetKind
{
    /// <summary>Int32 labels, one for each row of outputs: [rows] beside [rows, classes].</summary>
    Labels,

    /// <summary>Numbers in the shape of the output.</summary>
    Numbers,

    /// <summary>Numbers 0 or 1 in the shape of the output: each output is a yes or no of its own.</summary>
    Binary,
}
