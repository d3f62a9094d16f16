using Hondo.Losses;
using Hondo.Metrics;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// What is to be predicted for each sample: a class, or numbers. What depends on the kind is a member here, so that a
/// new kind is a new class and no question anywhere.
/// </summary>
public abstract class Targets
{
    private protected Targets(int count) => Count = count;

    /// <summary>How many samples have a target.</summary>
    public int Count { get; }

    /// <summary>How many numbers a model gives for them: one for each class, output or bit.</summary>
    public abstract int Outputs { get; }

    /// <summary>The names of the classes, or the tokens of a text; none when the targets are numbers.</summary>
    public virtual IReadOnlyList<string> Classes => [];

    /// <summary>What one wants to see beside a loss, made anew: for several outputs one figure for each, by name.
    /// </summary>
    public virtual IReadOnlyList<IMetric> Metrics(Loss loss) => loss.Metrics();

    /// <summary>The type of a batch of them.</summary>
    internal virtual DType Type => DType.Float32;

    /// <summary>The shape of one sample's targets in a batch.</summary>
    internal abstract Shape Each { get; }

    /// <summary>How many values one sample has.</summary>
    internal int Width => Each.Size;

    /// <summary>Writes the targets of some rows into the memory of a batch.</summary>
    internal abstract void Gather(ReadOnlySpan<int> rows, Block batch);

    /// <summary>What they are, in a few words: <c>3 classes</c>.</summary>
    internal abstract string Describe();

    /// <summary>The same targets in the form that a loss compares with.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="data">What messages call the data.</param>
    /// <exception cref="DataFormatException">The loss cannot be used with them; the message names one that can.
    /// </exception>
    internal abstract Targets For(Loss loss, string data);

    private protected static DataFormatException Unfit(Loss loss, string data, string problem, string mend) =>
        new(data, "", $"{loss} {problem}", mend);

    private protected static void Copy<T>(ReadOnlySpan<int> rows, ReadOnlySpan<T> all, int width, Span<T> batch)
    {
        for (int i = 0; i < rows.Length; i++)
            all.Slice(rows[i] * width, width).CopyTo(batch[(i * width)..]);
    }
}

/// <summary>A class for each sample, as its index among the class names.</summary>
public sealed class ClassTargets : Targets
{
    readonly int[] _labels;

    /// <summary>Labels 0 to classes − 1.</summary>
    /// <param name="labels">One a sample.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <param name="name">What errors call the data.</param>
    /// <exception cref="DataFormatException">A label is outside the classes.</exception>
    public ClassTargets(int[] labels, IReadOnlyList<string> classes, string name = "data") : base(labels.Length)
    {
        for (int row = 0; row < labels.Length; row++)
            if ((uint)labels[row] >= (uint)classes.Count)
                throw new DataFormatException(name, $"row {row} (counted from 0)",
                    $"the label is {labels[row]}, but there are {classes.Count} classes: 0 to {classes.Count - 1}",
                    "Correct the label, or name all the classes.");
        (_labels, Classes) = (labels, classes);
    }

    /// <summary>The names of the classes, by label.</summary>
    public override IReadOnlyList<string> Classes { get; }

    /// <summary>All labels, by row.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <inheritdoc/>
    public override int Outputs => Classes.Count;

    internal override DType Type => DType.Int32;

    internal override Shape Each => [];

    internal override void Gather(ReadOnlySpan<int> rows, Block batch) => Copy<int>(rows, _labels, 1, batch.As<int>());

    internal override string Describe() => $"{Classes.Count} classes";

    /// <summary>Labels; for a loss that asks yes or no, 1 for the second of two classes.</summary>
    internal override Targets For(Loss loss, string data) => loss switch
    {
        TokenCrossEntropy or BitCrossEntropy => throw Unfit(loss, data, $"is for sequences, but there are {Describe()}",
            "Use CrossEntropy."),
        { Target: TargetKind.Labels } => this,
        { Target: TargetKind.Binary } when Classes.Count == 2 =>
            new RegressionTargets([.. _labels.Select(label => (float)label)], [Classes[1]], data),
        { Target: TargetKind.Binary } => throw Unfit(loss, data, $"says yes or no, but there are {Describe()}",
            "Use CrossEntropy, which tells any number of classes apart."),
        _ => throw Unfit(loss, data, $"is for numbers, but the targets are {Describe()} "
            + $"({string.Join(", ", Classes.Take(5))}{(Classes.Count > 5 ? ", …" : "")})",
            "Use CrossEntropy, or make the targets numbers (--task numbers)."),
    };
}
