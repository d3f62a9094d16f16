using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// A series of measurements, to be forecast: sample t is <c>[window, columns]</c>, the steps t to t + window − 1; its
/// target is what the target columns are <c>horizon</c> steps after the last of them. Windows are read from the series,
/// which is in memory once, or stays where it is.
/// </summary>
public sealed class TimeSeries : ISampleReader
{
    readonly ISampleReader _steps;
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
        int window, int horizon = 1) : this(name, StepsOf(name, values, columns), columns, targets, window, horizon) { }

    /// <summary>The windows of a series that is read as it is needed, as one larger than memory.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="steps">Reads a step, <c>[columns]</c>; the earliest is row 0. All are read once here.</param>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="targets">Which columns are forecast.</param>
    /// <param name="window">Steps that are seen, 1 or more.</param>
    /// <param name="horizon">How many steps ahead is forecast, 1 or more.</param>
    /// <exception cref="DataFormatException">The series is shorter than a window and its horizon, a number is NaN or
    /// infinite, or a target is no column.</exception>
    public TimeSeries(string name, ISampleReader steps, IReadOnlyList<string> columns, IReadOnlyList<string> targets,
        int window, int horizon = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        (Name, _steps, _columns, _window, Horizon) = (name, steps, columns.Count, window, horizon);
        if (steps.Sample.Size != _columns)
            throw new ArgumentException($"{columns.Count} columns are named, but a step has {steps.Sample.Size} "
                + "numbers.", nameof(columns));
        if (steps.Count < (long)window + horizon)
            throw new DataFormatException(name, "", $"the series has {steps.Count:N0} steps, but a window of {window} "
                + $"and a horizon of {horizon} need {(long)window + horizon:N0}",
                "Choose a shorter window, or give more.");
        Count = steps.Count - window - horizon + 1;
        Data = new(name, new ReaderFeatures(this, columns),
            new RegressionTargets(Ahead(columns, targets), targets, name));
    }

    static FloatReader StepsOf(string name, float[] values, IReadOnlyList<string> columns)
    {
        ArgumentOutOfRangeException.ThrowIfZero(columns.Count);
        return values.Length % columns.Count == 0 ? new(values, columns.Count)
            : throw new DataFormatException(name, "", $"{values.Length:N0} numbers are no whole count of steps of "
                + $"{columns.Count} columns", "Give each step all its columns.");
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
        var step = new float[_columns];
        for (int row = 0; row < _steps.Count; row++)
        {
            _steps.Read(row, step);
            int bad = Array.FindIndex(step, static x => !float.IsFinite(x)), t = row - _window + 1 - Horizon;
            if (bad >= 0)
                throw new DataFormatException(Name, $"step {row} (counted from 0), {columns[bad]}",
                    "the number is NaN or infinite", "Correct it: a window needs every step.");
            for (int k = 0; k < places.Length && t >= 0; k++)
                ahead[t * places.Length + k] = step[places[k]];
        }
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
    public void Read(int row, Span<float> sample)
    {
        for (int i = 0; i < _window; i++)
            _steps.Read(row + i, sample.Slice(i * _columns, _columns));
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Steps in memory.</summary>
    sealed class FloatReader(float[] values, int columns) : ISampleReader
    {
        public int Count => values.Length / columns;

        public Shape Sample => [columns];

        public void Read(int row, Span<float> sample) => values.AsSpan(row * columns, columns).CopyTo(sample);
    }
}
