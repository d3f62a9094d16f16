using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// A series of measurements, to be forecast: sample t is <c>[window, columns]</c>, the steps t to t + window − 1; its
/// target is what the target columns are <c>horizon</c> steps after the last of them. Windows are read from the series,
/// which is stored once.
/// </summary>
public sealed class TimeSeries : ISampleReader
{
    readonly float[] _values;
    readonly int _columns, _window;

    /// <summary>The windows of a series.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="values">All steps, <c>[time, columns]</c>, the earliest first.</param>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="targets">Which columns are forecast.</param>
    /// <param name="window">Steps that are seen, 1 or more.</param>
    /// <param name="horizon">How many steps ahead is forecast, 1 or more.</param>
    /// <exception cref="DataFormatException">The series is shorter than a window and its horizon, a number is NaN or
    /// infinite, or a target is no column.</exception>
    public TimeSeries(string name, float[] values, IReadOnlyList<string> columns, IReadOnlyList<string> targets,
        int window, int horizon = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        ArgumentOutOfRangeException.ThrowIfZero(columns.Count);
        (Name, _values, _columns, _window, Horizon) = (name, values, columns.Count, window, horizon);
        int steps = values.Length / columns.Count;
        if (values.Length % columns.Count != 0)
            throw new DataFormatException(name, "", $"{values.Length:N0} numbers are no whole count of steps of "
                + $"{columns.Count} columns", "Give each step all its columns.");
        if (steps < (long)window + horizon)
            throw new DataFormatException(name, "", $"the series has {steps:N0} steps, but a window of {window} and a "
                + $"horizon of {horizon} need {(long)window + horizon:N0}", "Choose a shorter window, or give more.");
        int bad = Array.FindIndex(values, static x => !float.IsFinite(x));
        if (bad >= 0)
            throw new DataFormatException(name, $"step {bad / _columns} (counted from 0), {columns[bad % _columns]}",
                "the number is NaN or infinite", "Correct it: a window needs every step.");
        Count = steps - window - horizon + 1;
        Data = new(name, new ReaderFeatures(this, columns),
            new RegressionTargets(Ahead(columns, targets), targets, name));
    }

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    /// <summary>How many steps ahead is forecast.</summary>
    public int Horizon { get; }

    /// <summary>All windows, in the order of time.</summary>
    public Dataset Data { get; }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public Shape Sample => [_window, _columns];

    float[] Ahead(IReadOnlyList<string> columns, IReadOnlyList<string> targets)
    {
        int[] places = [.. targets.Select(target => columns.ToList().IndexOf(target))];
        if (Array.IndexOf(places, -1) is >= 0 and var unknown)
            throw new DataFormatException(Name, "", $"there is no column '{targets[unknown]}' to forecast",
                $"Its columns are {string.Join(", ", columns)}.");
        var ahead = new float[Count * places.Length];
        for (int t = 0; t < Count; t++)
            for (int k = 0; k < places.Length; k++)
                ahead[t * places.Length + k] = _values[(t + _window - 1 + Horizon) * _columns + places[k]];
        return ahead;
    }

    /// <summary>
    /// Parts by time: training on the earliest windows, dev after them, test on the latest. Between two parts as many
    /// windows are left out as would see or forecast steps of both.
    /// </summary>
    /// <exception cref="DataFormatException">A part would be empty.</exception>
    public DataSplits Split(Split shares)
    {
        int[] counts = Apportionment.Counts(Count, [shares.Train, shares.Dev, shares.Test]);
        int gap = _window + Horizon - 1;
        Dataset? train = Part("train", 0, counts[0], shares.Train);
        Dataset? dev = Part("dev", counts[0] + gap, counts[0] + counts[1], shares.Dev);
        Dataset? test = Part("test", counts[0] + counts[1] + gap, Count, shares.Test);
        return new(train!, dev, test);

        Dataset? Part(string part, int start, int end, double share) => share <= 0 ? null
            : start >= end ? throw new DataFormatException(Name, "", $"the split {shares} of {Count:N0} windows leaves "
                + $"the {part} part empty, as {gap} windows that reach into two parts are left out between them",
                "Choose larger shares for it, a shorter window, or give more data.")
            : Data.Part($"{Name} {part}", [.. Enumerable.Range(start, end - start)]);
    }

    /// <inheritdoc/>
    public void Read(int row, Span<float> sample) =>
        _values.AsSpan(row * _columns, _window * _columns).CopyTo(sample);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
