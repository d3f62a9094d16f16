using System.Collections;
using System.Globalization;
using Hondo.Metrics;
using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>What one pass over a part of the data gave: the mean loss first, then the metrics, by name.</summary>
public sealed class Scores : IReadOnlyList<(string Name, double Value)>
{
    readonly (string Name, double Value)[] _values;

    /// <summary>Scores of a pass.</summary>
    /// <param name="loss">The mean loss of a sample.</param>
    /// <param name="metrics">The metrics' names and values.</param>
    /// <param name="samples">How many samples the pass saw.</param>
    public Scores(double loss, IEnumerable<(string Name, double Value)> metrics, int samples) =>
        (_values, Samples) = ([("loss", loss), .. metrics], samples);

    /// <summary>The mean loss of a sample.</summary>
    public double Loss => _values[0].Value;

    /// <summary>How many samples the pass saw.</summary>
    public int Samples { get; }

    /// <summary>How many numbers there are, the loss among them.</summary>
    public int Count => _values.Length;

    /// <summary>A number by its place.</summary>
    public (string Name, double Value) this[int i] => _values[i];

    /// <summary>A number by its name: <c>loss</c>, <c>accuracy</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name; the message lists the names.</exception>
    public double this[string name] => Has(name)
        ? _values.First(value => value.Name == name).Value
        : throw new KeyNotFoundException($"There is no '{name}' among the scores: there are "
            + $"{string.Join(", ", _values.Select(value => value.Name))}.");

    /// <summary>True when there is a number of this name.</summary>
    public bool Has(string name) => _values.Any(value => value.Name == name);

    /// <inheritdoc/>
    public IEnumerator<(string Name, double Value)> GetEnumerator() => _values.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The numbers with their names: <c>loss 0.0471  accuracy 0.9853</c>.</summary>
    public override string ToString() =>
        string.Join("  ", _values.Select(value => $"{value.Name} {ScoreText.Of(value.Value)}"));
}

/// <summary>Writes a score as people read it, in every culture the same.</summary>
public static class ScoreText
{
    /// <summary>Four decimals where they say enough, else four significant digits: <c>0.0471</c>, <c>1234</c>,
    /// <c>3.2E-06</c>.</summary>
    public static string Of(double value) => Math.Abs(value) switch
    {
        0 => "0.0000",
        < 0.001 or >= 1e6 => value.ToString("0.00E+00", CultureInfo.InvariantCulture),
        < 100 => value.ToString("0.0000", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0", CultureInfo.InvariantCulture),
    };
}

/// <summary>Several metrics as one.</summary>
static class MetricList
{
    public static void Reset(this IReadOnlyList<IMetric> metrics)
    {
        for (int i = 0; i < metrics.Count; i++)
            metrics[i].Reset();
    }

    // By index: going through the interface with foreach would allocate in every step.
    public static void Add(this IReadOnlyList<IMetric> metrics, Tensor output, Tensor target)
    {
        for (int i = 0; i < metrics.Count; i++)
            metrics[i].Add(output, target);
    }

    public static IReadOnlyList<double>[] Sums(this IReadOnlyList<IMetric> metrics) =>
        [.. metrics.Select(metric => metric.Sums)];

    public static void Restore(this IReadOnlyList<IMetric> metrics, IReadOnlyList<double>[] sums)
    {
        for (int i = 0; i < metrics.Count; i++)
            metrics[i].Sums = sums[i];
    }

    public static IEnumerable<(string Name, double Value)> Values(this IReadOnlyList<IMetric> metrics) =>
        metrics.Select(metric => (metric.Name, metric.Value));
}
