using System.Diagnostics;
using System.Globalization;

namespace Hondo.Training;

/// <summary>
/// Ends a training after some time, as early stopping does: after a whole step, with the best weights, and with a
/// checkpoint from which it can go on.
/// </summary>
public sealed class TimeLimit : Callback
{
    readonly TimeSpan _time;
    long _start;

    /// <summary>A limit.</summary>
    /// <param name="time">How long the training may take; after a resume it is counted anew.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not above zero.</exception>
    public TimeLimit(TimeSpan time) => _time = time > TimeSpan.Zero ? time
        : throw new ArgumentOutOfRangeException(nameof(time), time, "A time limit is above zero.");

    /// <summary>How long the training may take.</summary>
    public TimeSpan Limit => _time;

    /// <summary>Reads <c>90s</c>, <c>10m</c>, <c>1h30m</c> or <c>2d</c>.</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static TimeLimit Parse(string text)
    {
        double seconds = 0;
        int start = 0;
        for (int i = 0; i < text.Length; i++)
            if (!char.IsAsciiDigit(text[i]) && text[i] != '.')
            {
                bool isNumber = double.TryParse(text.AsSpan(start, i - start), NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture, out double number);
                seconds += isNumber ? number * UnitOf(text[i]) : double.NaN;
                start = i + 1;
            }
        return start == text.Length && seconds is > 0 and < 1e9 ? new(TimeSpan.FromSeconds(seconds))
            : throw new FormatException($"'{text}' is no time: 90s, 10m, 1h30m or 2d is.");
    }

    static double UnitOf(char unit) => unit switch
    {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86400,
        _ => double.NaN,
    };

    /// <inheritdoc/>
    protected internal override void OnTrainBegin(TrainingRun run) => _start = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    protected internal override void OnStepEnd(TrainingRun run)
    {
        if (Stopwatch.GetElapsedTime(_start) >= _time)
            run.Stop($"the time limit of {this} is over");
    }

    /// <summary>The limit, as it is read: <c>1h30m</c>.</summary>
    public override string ToString()
    {
        (int Length, string Unit)[] parts = [((int)_time.TotalDays, "d"), (_time.Hours, "h"), (_time.Minutes, "m")];
        double seconds = _time.Seconds + _time.Milliseconds / 1000.0;
        string whole = string.Concat(parts.Where(part => part.Length > 0)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Length}{part.Unit}")));
        return seconds > 0 || whole.Length == 0
            ? whole + string.Create(CultureInfo.InvariantCulture, $"{seconds:0.###}s")
            : whole;
    }
}
