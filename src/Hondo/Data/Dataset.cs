using System.Globalization;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// Samples in memory, each with its target. A part (train, dev, test) is a view by row that shares the storage.
/// </summary>
public sealed class Dataset
{
    readonly int[]? _rows;

    /// <summary>A data set of all the given samples.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="features">What is known of each sample.</param>
    /// <param name="targets">What is to be predicted for each.</param>
    /// <exception cref="DataFormatException">The counts differ, there are none, or a number is NaN or infinite.
    /// </exception>
    public Dataset(string name, Features features, Targets targets)
    {
        if (features.Count != targets.Count)
            throw new DataFormatException(name, "", $"there are {features.Count:N0} samples but {targets.Count:N0} "
                + "targets", "Give each sample one target.");
        if (features.Count == 0)
            throw new DataFormatException(name, "", "there are no samples", "Give at least one.");
        int bad = features.FirstNotFinite();
        if (bad >= 0)
            throw new DataFormatException(name,
                $"row {bad / features.Sample.Size} (counted from 0), {features.NameOf(bad % features.Sample.Size)}",
                "the number is NaN or infinite", "Correct it, or leave the row out.");
        (Name, Features, Targets) = (name, features, targets);
    }

    Dataset(Dataset data, Targets targets) =>
        (Name, Features, Targets, _rows) = (data.Name, data.Features, targets, data._rows);

    Dataset(Dataset whole, string name, int[] rows) =>
        (Name, Features, Targets, _rows) = (name, whole.Features, whole.Targets, rows);

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    /// <summary>The samples of the whole; other parts may share them. <see cref="Row"/> says which are here.</summary>
    public Features Features { get; }

    /// <summary>The targets of the whole.</summary>
    public Targets Targets { get; }

    /// <summary>How many samples are in this part.</summary>
    public int Count => _rows?.Length ?? Features.Count;

    /// <summary>The shape of one sample: <c>[height, width, channels]</c> or <c>[features]</c>.</summary>
    public Shape Sample => Features.Sample;

    /// <summary>The names of the classes, or the tokens of a text; none when the targets are numbers.</summary>
    public IReadOnlyList<string> Classes => Targets.Classes;

    /// <summary>Where the i-th sample of this part lies in the whole.</summary>
    public int Row(int i) => _rows is null ? i : _rows[i];

    /// <summary>The class of the i-th sample.</summary>
    /// <exception cref="InvalidOperationException">The targets are numbers.</exception>
    public int Label(int i) => Targets.HasLabels
        ? Targets.Labels[Row(i)]
        : throw new InvalidOperationException($"{Name} has numbers as targets, not classes.");

    /// <summary>How many samples each class has.</summary>
    /// <exception cref="InvalidOperationException">The targets are numbers.</exception>
    public int[] ClassCounts()
    {
        var counts = new int[Classes.Count];
        for (int i = 0; i < Count; i++)
            counts[Label(i)]++;
        return counts;
    }

    /// <summary>Copies the i-th sample in natural units (bytes become 0 to 1).</summary>
    public void CopySample(int i, Span<float> sample) => Features.CopyTo(Row(i), sample);

    /// <summary>The same samples with the targets in the form that a loss compares with.</summary>
    /// <exception cref="DataFormatException">The loss cannot be used with them.</exception>
    internal Dataset For(Losses.Loss loss)
    {
        Targets targets = Targets.For(loss, Name);
        return ReferenceEquals(targets, Targets) ? this : new(this, targets);
    }

    /// <summary>A part of this one, which shares its storage.</summary>
    /// <param name="name">What messages call the part.</param>
    /// <param name="samples">Which samples of this part, in order.</param>
    public Dataset Part(string name, ReadOnlySpan<int> samples)
    {
        var rows = new int[samples.Length];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = Row(samples[i]);
        return new(this, name, rows);
    }

    /// <summary>The first samples: a small set for a quick try.</summary>
    public Dataset Take(int count)
    {
        var rows = new int[Math.Min(count, Count)];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = i;
        return Part(Name, rows);
    }

    /// <summary>Name, count, sample shape and targets: <c>digits train: 4,000 samples [28, 28, 1], 10 classes</c>.
    /// </summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Name}: {Count:N0} samples {Sample}, ") + Targets.Describe();
}

/// <summary>
/// The parts of a data set: what is trained on, what choices are made by (dev), and what is looked at last (test).
/// </summary>
/// <param name="Train">The training part.</param>
/// <param name="Dev">The part that choices are made by, or null.</param>
/// <param name="Test">The part looked at once, at the end, or null.</param>
public sealed record DataSplits(Dataset Train, Dataset? Dev = null, Dataset? Test = null);
