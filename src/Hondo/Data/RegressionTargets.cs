using System.Globalization;
using Hondo.Losses;
using Hondo.Metrics;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>Numbers to predict for each sample (regression): <c>[count, outputs]</c>.</summary>
public sealed class RegressionTargets : Targets
{
    readonly float[] _values;
    readonly bool _isNamed = true;

    /// <summary>Targets of one or more numbers a sample.</summary>
    /// <param name="values">All of them, row-major.</param>
    /// <param name="names">The name of each output; their count is the width.</param>
    /// <param name="name">What errors call the data.</param>
    /// <exception cref="DataFormatException">A target is NaN or infinite.</exception>
    public RegressionTargets(float[] values, IReadOnlyList<string> names, string name = "data")
        : base(names.Count > 0 ? values.Length / names.Count : 0)
    {
        if (names.Count == 0 || values.Length % names.Count != 0)
            throw new ArgumentException($"{values.Length} target values are not a whole count of rows of "
                + $"{names.Count} outputs.", nameof(values));
        for (int i = 0; i < values.Length; i++)
            if (!float.IsFinite(values[i]))
                throw new DataFormatException(name, $"row {i / names.Count} (counted from 0)",
                    $"the target {names[i % names.Count]} is {values[i]}", "Correct the value or leave the row out.");
        (_values, Names) = (values, names);
        Each = [names.Count];
    }

    /// <summary>Targets in the shape of an output: a mask, a picture, a sequence.</summary>
    /// <param name="values">All of them, row-major.</param>
    /// <param name="each">The shape of one sample's.</param>
    /// <param name="name">What errors call the data.</param>
    /// <exception cref="DataFormatException">A target is NaN or infinite.</exception>
    public RegressionTargets(float[] values, Shape each, string name = "data")
        : this(values, [.. Enumerable.Range(0, each.Size).Select(i => each.Size == 1 ? "target" : $"{i}")], name) =>
        (Each, _isNamed) = (each, each.Size == 1);

    /// <summary>The names of the outputs.</summary>
    public override IReadOnlyList<string> Names { get; }

    /// <summary>How many numbers a sample has.</summary>
    public new int Width => Names.Count;

    /// <inheritdoc/>
    public override ReadOnlySpan<float> Values => _values;

    /// <inheritdoc/>
    public override int Outputs => Width;

    /// <inheritdoc/>
    public override IReadOnlyList<IMetric> Metrics(Loss loss) => _isNamed && Width > 1 && loss.Metrics() is [Rmse]
        ? [.. Names.Select((name, k) => new Rmse(k, name))]
        : loss.Metrics();

    /// <summary>Mean and deviation of one output over a part, to six decimals; the deviation of a constant is 1.
    /// </summary>
    (double Mean, double Deviation) Moments(Dataset part, int output)
    {
        double sum = 0, squares = 0;
        for (int i = 0; i < part.Count; i++)
            sum += _values[part.Row(i) * Width + output];
        double mean = sum / part.Count;
        for (int i = 0; i < part.Count; i++)
        {
            double away = _values[part.Row(i) * Width + output] - mean;
            squares += away * away;
        }
        double deviation = Math.Sqrt(squares / part.Count);
        return (Math.Round(mean, 6), deviation > 0 ? Math.Max(Math.Round(deviation, 6), 1e-6) : 1);
    }

    // Several outputs count by their own spreads: what is measured in thousands would drown the rest.
    /// <inheritdoc/>
    protected internal override Recipe Recipe(DataSplits data, string? model, int? epochs, string? augment) =>
        TableRecipe.For(data, model, epochs, augment, Scales(data.Train).Count < 2 ? "MeanSquaredError()"
            : $"{new MeanSquaredError([.. Scales(data.Train).Select(scale => scale.Deviation)])}",
            rateOfOneLayer: "0.01");

    internal override IReadOnlyList<(double Mean, double Deviation)> Scales(Dataset part) =>
        Each.Rank == 1 ? [.. Enumerable.Range(0, Width).Select(output => Moments(part, output))] : [];

    /// <inheritdoc/>
    protected internal override Shape Each { get; }

    /// <inheritdoc/>
    protected internal override string Describe() => _isNamed ? string.Join(", ", Names) : $"numbers {Each}";

    /// <summary>Numbers; those from 0 to 1 for a loss that asks yes or no, shares that add up to 1 for one of classes.
    /// </summary>
    protected internal override Targets For(Loss loss, string data)
    {
        if (loss.IsForSequences)
            throw Unfit(loss, data, $"is for sequences, but the target {Describe()} is numbers",
                "Use MeanSquaredError.");
        if (loss.Target == TargetKind.Numbers)
            return this;
        for (int i = 0; i < _values.Length; i++)
            if (_values[i] is not (>= 0 and <= 1))
                throw Unfit(loss, data, string.Create(CultureInfo.InvariantCulture,
                    $"needs {(loss.Target == TargetKind.Binary ? "0 and 1" : "classes or shares of 1")}, but the "
                        + $"target {Names[i % Width]} is {_values[i]} in row {i / Width}"),
                    "For numbers use MeanSquaredError; for classes make the targets labels (--task classes).");
        return loss.Target == TargetKind.Binary ? this : Shares(loss, data);
    }

    // Rows of the shares of two or more classes.
    RegressionTargets Shares(Loss loss, string data)
    {
        if (Width < 2)
            throw Unfit(loss, data, $"needs labels, or the shares of 2 or more classes, but the target {Describe()} "
                + "is one number",
                "For numbers use MeanSquaredError, for yes or no BinaryCrossEntropy; for classes make the "
                + "targets labels (--task classes).");
        for (int row = 0; row < Count; row++)
        {
            double sum = 0;
            foreach (float share in _values.AsSpan(row * Width, Width))
                sum += share;
            if (Math.Abs(sum - 1) > 1e-3)
                throw Unfit(loss, data, string.Create(CultureInfo.InvariantCulture,
                    $"needs shares that add up to 1, but those of row {row} ({Describe()}) add up to {sum:0.####}"),
                    "For several labels a sample use BinaryCrossEntropy, for numbers MeanSquaredError.");
        }
        return this;
    }
}
