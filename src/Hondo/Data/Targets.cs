using System.Runtime.InteropServices;
using Hondo.Losses;
using Hondo.Metrics;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// What is to be predicted for each sample: a class, or numbers. What depends on the kind is a member here, so that a
/// new kind is a new class and no question anywhere; one of your own derives from this, and <c>--task</c> knows it once
/// <see cref="Hondo.Serialization.TargetCatalog"/> does.
/// </summary>
public abstract class Targets
{
    /// <summary>Targets of so many samples.</summary>
    /// <param name="count">How many samples have a target.</param>
    protected Targets(int count) => Count = count;

    /// <summary>How many samples have a target.</summary>
    public int Count { get; }

    /// <summary>How many numbers a model gives for them: one for each class, output or bit.</summary>
    public abstract int Outputs { get; }

    /// <summary>The names of the classes, or the tokens of a text; none when the targets are numbers.</summary>
    public virtual IReadOnlyList<string> Classes => [];

    /// <summary>The class of each sample, by row; empty when a sample has not one class.</summary>
    public virtual ReadOnlySpan<int> Labels => [];

    /// <summary>True when each sample has one class.</summary>
    public bool HasLabels => !Labels.IsEmpty;

    /// <summary>The names of the numbers to predict; none when they are classes.</summary>
    public virtual IReadOnlyList<string> Names => [];

    /// <summary>The numbers to predict, row-major; empty when they are classes.</summary>
    public virtual ReadOnlySpan<float> Values => [];

    /// <summary>What the tokens of a text mean; null when the data is no text.</summary>
    public virtual ITokenizer? Tokenizer => null;

    /// <summary>What scores count, in one word: <c>sample</c>.</summary>
    public virtual string Unit => "sample";

    /// <summary>True when a rule draws the samples: every part is new, and none is split from another.</summary>
    public virtual bool AreDrawn => false;

    /// <summary>What one wants to see beside a loss, made anew: for several outputs one figure for each, by name.
    /// </summary>
    public virtual IReadOnlyList<IMetric> Metrics(Loss loss) => loss.Metrics();

    /// <summary>What works for data with these targets: see <see cref="Recipe.For"/>.</summary>
    protected internal abstract Recipe Recipe(DataSplits data, string? model, int? epochs, string? augment);

    /// <summary>The number by which the best epoch is chosen, or null for the loss.</summary>
    protected internal virtual string? Monitor(Dataset? dev) => null;

    /// <summary>Mean and deviation of each number over a part, when a network must reach them; else none.</summary>
    internal virtual IReadOnlyList<(double Mean, double Deviation)> Scales(Dataset part) => [];

    /// <summary>Bytes that tell these targets of a row from others; none when they follow from the samples.</summary>
    protected internal virtual ReadOnlySpan<byte> Stored(int row) =>
        HasLabels ? MemoryMarshal.AsBytes(Labels.Slice(row, 1))
            : Values.IsEmpty ? [] : MemoryMarshal.AsBytes(Values.Slice(row * Width, Width));

    /// <summary>Draws what is to be said, or what a model said, over a picture in place; false when targets are
    /// nothing that can be seen.</summary>
    /// <param name="picture">Numbers from 0 to 1, <c>[height, width, 3]</c>.</param>
    /// <param name="row">The sample, when its target is drawn.</param>
    /// <param name="output">The model's raw output, drawn instead when there is one.</param>
    protected internal virtual bool Draw(Span<float> picture, int row, ReadOnlySpan<float> output) => false;

    /// <summary>The type of a batch of them: float32, or int32 for labels.</summary>
    protected internal virtual DType Type => DType.Float32;

    /// <summary>The shape of one sample's targets in a batch; an empty one for a label.</summary>
    protected internal abstract Shape Each { get; }

    /// <summary>How many values one sample has.</summary>
    internal int Width => Each.Size;

    /// <summary>Writes the targets of some rows into a batch, when they are numbers: <see cref="Values"/>.</summary>
    protected internal virtual void Gather(ReadOnlySpan<int> rows, Span<float> batch) =>
        Copy(rows, Values, Width, batch);

    /// <summary>The same when they are whole numbers: <see cref="Labels"/>.</summary>
    protected internal virtual void Gather(ReadOnlySpan<int> rows, Span<int> batch) =>
        Copy(rows, Labels, Width, batch);

    internal void Gather(ReadOnlySpan<int> rows, Block batch)
    {
        if (Type == DType.Int32)
            Gather(rows, batch.As<int>());
        else
            Gather(rows, batch.As<float>());
    }

    /// <summary>What they are, in a few words: <c>3 classes</c>.</summary>
    protected internal abstract string Describe();

    /// <summary>The same targets in the form that a loss compares with.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="data">What messages call the data.</param>
    /// <exception cref="DataFormatException">The loss cannot be used with them; the message names one that can.
    /// </exception>
    protected internal abstract Targets For(Loss loss, string data);

    /// <summary>The error of a loss that cannot be used with them.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="data">What messages call the data.</param>
    /// <param name="problem">What goes behind the loss: <c>is for numbers, but there are 3 classes</c>.</param>
    /// <param name="mend">What to do, a sentence: <c>Use CrossEntropy.</c></param>
    protected static DataFormatException Unfit(Loss loss, string data, string problem, string mend) =>
        new(data, "", $"{loss} {problem}", mend);

    static void Copy<T>(ReadOnlySpan<int> rows, ReadOnlySpan<T> all, int width, Span<T> batch)
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

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Labels => _labels;

    /// <inheritdoc/>
    public override int Outputs => Classes.Count;

    /// <inheritdoc/>
    protected internal override DType Type => DType.Int32;

    /// <inheritdoc/>
    protected internal override Shape Each => [];

    /// <inheritdoc/>
    protected internal override Recipe Recipe(DataSplits data, string? model, int? epochs, string? augment) =>
        ImageRecipe.Fits(data, model) ? ImageRecipe.For(data, model, epochs, augment)
            : TableRecipe.For(data, model, epochs, augment, "CrossEntropy()", rateOfOneLayer: "0.1");

    // Of fewer than some hundred samples the accuracy is too coarse to choose by.
    /// <inheritdoc/>
    protected internal override string? Monitor(Dataset? dev) => dev?.Count >= 200 ? "dev accuracy" : null;

    /// <inheritdoc/>
    protected internal override string Describe() => $"{Classes.Count} classes";

    /// <summary>Labels; for a loss that asks yes or no, 1 for the second of two classes.</summary>
    protected internal override Targets For(Loss loss, string data) => loss switch
    {
        { IsForSequences: true } => throw Unfit(loss, data, $"is for sequences, but there are {Describe()}",
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
