using System.Diagnostics;
using System.Globalization;

namespace Hondo.Training;

/// <summary>When something is due in a training: every so many steps, epochs or minutes.</summary>
public sealed class Every
{
    readonly long _steps, _epochs;
    readonly TimeSpan _time;
    long _last = Stopwatch.GetTimestamp();

    Every(long steps, long epochs, TimeSpan time) => (_steps, _epochs, _time) = (steps, epochs, time);

    /// <summary>After every n-th step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1.</exception>
    public static Every Steps(long n) => new(Checked(n), 0, default);

    /// <summary>After every n-th epoch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1.</exception>
    public static Every Epochs(long n) => new(0, Checked(n), default);

    /// <summary>After the first step that ends so much time after the last one that was due.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not above zero.</exception>
    public static Every Time(TimeSpan time) => time > TimeSpan.Zero
        ? new(0, 0, time)
        : throw new ArgumentOutOfRangeException(nameof(time), time, "The time is above zero.");

    /// <summary>Reads <c>100 steps</c>, <c>2 epochs</c> or <c>10 minutes</c>.</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static Every Parse(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool isNumber = double.TryParse(words[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double n);
        return (isNumber && n > 0 && words.Length == 2 ? words[1].TrimEnd('s') : "") switch
        {
            "step" when n >= 1 => Steps((long)n),
            "epoch" when n >= 1 => Epochs((long)n),
            "second" => Time(TimeSpan.FromSeconds(n)),
            "minute" => Time(TimeSpan.FromMinutes(n)),
            "hour" => Time(TimeSpan.FromHours(n)),
            _ => throw new FormatException($"'{text}' is no time: \"100 steps\", \"2 epochs\" or \"10 minutes\" is."),
        };
    }

    /// <summary>True when it is due after this step.</summary>
    public bool IsDueAfterStep(TrainingRun run)
    {
        if (_steps > 0)
            return run.Step % _steps == 0;
        if (_time == default || Stopwatch.GetElapsedTime(_last) < _time)
            return false;
        _last = Stopwatch.GetTimestamp();
        return true;
    }

    /// <summary>True when it is due after this epoch.</summary>
    public bool IsDueAfterEpoch(TrainingRun run) => _epochs > 0 && run.Epoch % _epochs == 0;

    static long Checked(long n) => n >= 1 ? n
        : throw new ArgumentOutOfRangeException(nameof(n), n, "How often something is due is a number from 1.");
}
