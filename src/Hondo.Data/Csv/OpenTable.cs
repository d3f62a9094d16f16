namespace Hondo.Data;

/// <summary>A table that was read: its cells are kept until it is known which rows are the training part.</summary>
sealed class OpenTable
{
    readonly CsvTable _table;
    readonly double[]? _times;

    OpenTable(CsvTable table, CsvOptions options)
    {
        _table = table;
        Schema = CsvSchema.Fit(table, options);
        _times = options.ByTime is { } column ? TimeColumn.Of(table, column, options) : null;
    }

    /// <summary>What the columns are, fitted on all rows.</summary>
    public CsvSchema Schema { get; }

    /// <summary>Reads a file.</summary>
    public static DataSource Of(string path, string name, DataOptions options, bool isText)
    {
        CsvTable read = CsvTable.Read(path, options.Csv);
        var table = new OpenTable(read, options.Csv);
        List<string> notes = [.. table.Schema.Notes];
        if (isText)
            notes.Insert(0, $"{Path.GetFileName(path)} is read as a table, not as a text: its lines are rows of "
                + "numbers. --tokens characters reads it as a text.");
        DataSource source = DataSource.OfTable(name, table, table.Schema.EncodeLast(read, name), notes);
        return options.Split is { } split ? source.Divided(split, options.Seed) : source;
    }

    /// <summary>Divides the rows; what fills gaps is found in the training part alone.</summary>
    public DataSource Divided(DataSource whole, Split split, ulong seed)
    {
        Dataset data = whole.Parts.Train;
        DataSplits parts = _times is null ? split.Of(data, seed) : split.ByTime(data, _times);
        bool hasGaps = Schema.Columns.Any(column => column.Gaps > 0 && column.Width > 0);
        if (!hasGaps)
            return whole with { Parts = parts };
        // The same rows, encoded again: the choice depends on targets and twins, which filling may not change.
        int[] train = Rows(parts.Train);
        CsvSchema schema = Schema.Filled(_table, train);
        Dataset filled = schema.Encode(_table, data.Name);
        string[] notes = [.. whole.Notes.Except(Schema.Notes), .. schema.Notes];
        return whole with
        {
            Parts = new(filled.Part(parts.Train.Name, train),
                parts.Dev is null ? null : filled.Part(parts.Dev.Name, Rows(parts.Dev)),
                parts.Test is null ? null : filled.Part(parts.Test.Name, Rows(parts.Test))),
            Schema = schema,
            Notes = notes,
        };
    }

    static int[] Rows(Dataset part) => [.. Enumerable.Range(0, part.Count).Select(part.Row)];
}
