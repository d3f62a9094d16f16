using System.Text;
using System.Text.Json;

namespace Hondo.Insights;

/// <summary>Writes a row of CSV after each epoch, with a header first: the columns of <c>history.ToCsv()</c>.
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
