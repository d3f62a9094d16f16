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
