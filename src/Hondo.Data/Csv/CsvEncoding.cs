using Hondo.Serialization;

namespace Hondo.Data;

/// <summary>Turns the rows of a table into the numbers of a schema.</summary>
sealed class CsvEncoding(CsvSchema schema, CsvTable table, int[] places)
{
    // So many rows of a column at a time: the rows of a block stay in the cache while its columns are filled.
    const int Block = 1024;

    // After so many bytes of cells that nobody needs any more the collector is asked to give them back: by itself it
    // would wait until a large table is in memory twice.
    const long BytesBetween = 48L << 20;

    readonly MissingTexts _missing = new(schema.Missing);

    /// <summary>The rows whose features cannot be read, and why; the others are answered.</summary>
    public SortedDictionary<int, DataFormatException> Problems { get; } = [];

    /// <summary>The cells with a text that no training row had, which is none of the known ones.</summary>
    public SortedDictionary<int, string> Unknown { get; } = [];

    /// <summary>The rows in which a feature is missing: where, of the first one of the row.</summary>
    public SortedDictionary<int, string> Gaps { get; } = [];

    /// <summary>True to note gaps; those of a table to learn from are told when it is read.</summary>
    public bool NotesGaps { get; init; }

    /// <summary>The features of all rows.</summary>
    /// <param name="forgets">True gives the cells' memory back meanwhile.</param>
    public FloatFeatures Features(bool forgets = false)
    {
        // What reading has left goes first.
        long forgotten = BytesBetween;
        IReadOnlyList<string> names = schema.FeatureNames;
        var numbers = new float[checked(table.Count * names.Count)];
        (CsvColumn Column, ColumnDecoder Decoder)[] used = [.. schema.Columns.Index()
            .Where(it => it.Item.Width > 0)
            .Select(it => (it.Item, new ColumnDecoder(table, places[it.Index], it.Item, _missing)))];
        for (int start = 0; start < table.Count; start += Block)
        {
            int end = Math.Min(start + Block, table.Count), at = 0;
            foreach ((CsvColumn column, ColumnDecoder decoder) in used)
            {
                for (int row = start; row < end; row++)
                    Fill(numbers.AsSpan(row * names.Count + at, column.Width), column, decoder, row);
                at += column.Width;
            }
            if (!forgets)
                continue;
            table.Forget(end);
            if ((forgotten += (long)(end - start) * used.Length * sizeof(float)) < BytesBetween)
                continue;
            forgotten = 0;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        }
        if (forgets)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        return new(numbers, [names.Count], names);
    }

    void Fill(Span<float> features, CsvColumn column, ColumnDecoder decoder, int row)
    {
        double value = decoder[row];
        if (NotesGaps && double.IsNaN(value) && !table.BadRows.ContainsKey(row))
            Gaps.TryAdd(row, $"{table.File}, line {table.Line(row)}, {CsvTable.PlaceOf(column.Name)}");
        if (column.Kind == CsvColumnKind.Category)
        {
            int index = double.IsNaN(value) ? (int)column.Fill : (int)value;
            if (index >= 0)
                features[index] = 1;
            else
                Unknown.TryAdd(row, decoder.Wrong(row).Message);
            return;
        }
        features[0] = double.IsNaN(value) ? column.Fill : (float)value;
        if (!float.IsFinite(features[0]))
        {
            features[0] = column.Fill;
            Problems.TryAdd(row, decoder.Wrong(row));
        }
    }

    /// <summary>The targets of all rows.</summary>
    /// <exception cref="DataFormatException">One is missing, no number or an unknown class.</exception>
    public Targets Targets()
    {
        (CsvColumn Column, int Place)[] targets = [.. schema.TargetColumns.Select(column =>
            (column, places[schema.Columns.ToList().IndexOf(column)]))];
        if (targets is [({ Kind: CsvColumnKind.TargetClass } only, var place)])
            return new ClassTargets(Labels(only, place), only.Values, table.File);
        var values = new float[table.Count * targets.Length];
        for (int t = 0; t < targets.Length; t++)
        {
            var decoder = new ColumnDecoder(table, targets[t].Place, targets[t].Column, _missing);
            for (int row = 0; row < table.Count; row++)
                values[row * targets.Length + t] = float.IsFinite((float)decoder[row]) ? (float)decoder[row]
                    : throw decoder.Wrong(row);
        }
        TargetMaker make = TargetCatalog.All.Parse(schema.Kind ?? "Numbers()");
        return make(values, [.. targets.Select(target => target.Column.Name)], table.File);
    }

    int[] Labels(CsvColumn column, int place)
    {
        var decoder = new ColumnDecoder(table, place, column, _missing);
        var labels = new int[table.Count];
        for (int row = 0; row < labels.Length; row++)
            labels[row] = decoder[row] is >= 0 and var label ? (int)label : throw decoder.Wrong(row);
        return labels;
    }
}
