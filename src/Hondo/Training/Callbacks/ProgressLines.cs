using System.Diagnostics;
using System.Globalization;

namespace Hondo.Training;

/// <summary>
/// A line for each epoch, <c>epoch 3/10, 1.2 s: loss 0.1034, accuracy 0.9683</c>; on a terminal it counts up while the
/// epoch runs, without memory for a step.
/// </summary>
sealed class ProgressLines(TextWriter writer) : Callback
{
    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    readonly bool _isLive = ReferenceEquals(writer, Terminal)
        || ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected;

    long _last = Stopwatch.GetTimestamp();
    int _shown;

    /// <summary>Standard error, when it is a terminal and nobody else has taken its place.</summary>
    public static TextWriter? Terminal { get; } = Console.IsErrorRedirected ? null : Console.Error;

    protected internal override void OnStepEnd(TrainingRun run)
    {
        if (!_isLive || Stopwatch.GetElapsedTime(_last) < Between)
            return;
        _last = Stopwatch.GetTimestamp();
        Span<char> line = stackalloc char[96];
        int steps = run.StepsPerEpoch;
        line.TryWrite(CultureInfo.InvariantCulture, $"\repoch {run.Epoch}/{run.Epochs}, {run.StepInEpoch} of {steps} "
            + $"steps, loss {run.StepLoss:F4} ", out _shown);
        writer.Write(line[.._shown]);
    }

    protected internal override void OnEpochEnd(TrainingRun run)
    {
        EpochRecord epoch = run.History[^1];
        string line = string.Create(CultureInfo.InvariantCulture,
            $"epoch {epoch.Epoch}/{run.Epochs}, {epoch.Seconds:F1} s: ") + string.Join(", ", epoch.Numbers.Select(
                number => string.Create(CultureInfo.InvariantCulture, $"{number.Name} {number.Value:F4}")));
        writer.WriteLine((_isLive ? "\r" : "") + line.PadRight(_shown));
        _shown = 0;
    }

    protected internal override void OnWarning(TrainingRun run, string message) => writer.WriteLine(message);
}
