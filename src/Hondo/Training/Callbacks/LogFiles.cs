using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Hondo.Findings;

namespace Hondo.Training;

/// <summary>Writes a row of CSV after each epoch, with a header first: the columns of <see cref="History.ToCsv"/>.
/// </summary>
/// <param name="writer">Where to; it is flushed after each row and stays open.</param>
public sealed class CsvLog(TextWriter writer) : Callback
{
    bool _hasHeader;

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(TrainingRun run)
    {
        (string header, string row) = run.History.LastCsv();
        if (!_hasHeader)
            writer.Write(header + "\n");
        _hasHeader = true;
        writer.Write(row + "\n");
        writer.Flush();
    }
}

/// <summary>
/// Writes a training as lines of JSON: each epoch, what was noticed (<c>"event": "warning"</c>), and points of the
/// curves between epochs.
/// </summary>
/// <param name="writer">Where to; it is flushed after each epoch and stays open.</param>
/// <param name="points">When a step's loss and learning rate are written; never when left out.</param>
public sealed class JsonLinesLog(TextWriter writer, Every? points = null) : Callback
{
    /// <inheritdoc/>
    protected internal override void OnStepEnd(TrainingRun run)
    {
        if (points?.IsDueAfterStep(run) == true)
            Write(json =>
            {
                json.WriteNumber("step", run.Step);
                json.WriteNumber("epoch", run.Epoch);
                json.WriteFinite("loss", run.StepLoss);
                json.WriteNumber("learningRate", run.Optimizer.LearningRate);
            });
    }

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(TrainingRun run)
    {
        Write(run.History[^1].WriteTo);
        writer.Flush();
    }

    /// <inheritdoc/>
    protected internal override void OnFinding(TrainingRun run, Finding finding) => Write(json =>
    {
        json.WriteString("event", "warning");
        finding.WriteTo(json);
    });

    void Write(Action<Utf8JsonWriter> properties)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }
        writer.Write(Encoding.UTF8.GetString(bytes.ToArray()) + "\n");
    }
}

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
