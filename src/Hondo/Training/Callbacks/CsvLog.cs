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
        var last = new History();
        last.Add(run.History[^1]);
        string[] lines = last.ToCsv().Split('\n');
        if (!_hasHeader)
            writer.Write(lines[0] + "\n");
        _hasHeader = true;
        writer.Write(lines[1] + "\n");
        writer.Flush();
    }
}
