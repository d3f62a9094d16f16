using System.Globalization;

namespace Hondo.Data;

/// <summary>
/// How the rows of a table become numbers: which columns are features, which texts are categories, what missing values
/// become, what the classes are. Fitted once, kept with the model as text, and applied to every later file.
/// </summary>
public sealed class CsvSchema
{
    internal CsvSchema(IReadOnlyList<CsvColumn> columns, IReadOnlyList<string> notes) =>
        (Columns, Notes) = (columns, notes);

    /// <summary>The columns, in the order of the file that it was fitted on.</summary>
    public IReadOnlyList<CsvColumn> Columns { get; }

    /// <summary>What was guessed and is worth knowing, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The column to predict.</summary>
    public CsvColumn Target => Columns.First(column => column.IsTarget);

    /// <summary>The names of the features, one for each number of a sample.</summary>
    public IReadOnlyList<string> FeatureNames => [.. Columns.SelectMany(column => column.FeatureNames)];

    /// <summary>
    /// Guesses the columns of a table. A number column's missing values (empty, ?, NA, NaN, null …) become the mean of
    /// the rows given, a category's the most frequent text.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="options">What is known of it.</param>
    /// <param name="rows">The rows to fit on: those of the training part; or null for all.</param>
    /// <exception cref="DataFormatException">The table cannot be learnt from; the message names the place.</exception>
    public static CsvSchema Fit(CsvTable table, CsvOptions? options = null, IReadOnlyList<int>? rows = null)
    {
        var guess = new CsvGuess(table, options ?? new());
        CsvColumn[] columns = guess.Columns();
        rows ??= [.. Enumerable.Range(0, table.Count)];
        List<string> notes = [.. guess.Notes];
        for (int c = 0; c < columns.Length; c++)
        {
            columns[c] = columns[c] with { Fill = Fill(table, columns[c], c, rows) };
            int missing = columns[c].Width == 0 ? 0
                : Enumerable.Range(0, table.Count).Count(row => CsvValue.IsMissing(table[row, c]));
            if (missing > 0)
                notes.Add($"{missing:N0} missing values of {columns[c].Name} become "
                    + (columns[c].Kind == CsvColumnKind.Number ? $"the mean, {columns[c].Fill:g4}."
                        : $"the most frequent, {columns[c].Values[(int)columns[c].Fill]}."));
        }
        return new(columns, notes);
    }

    static float Fill(CsvTable table, CsvColumn column, int c, IReadOnlyList<int> rows)
    {
        double sum = 0;
        int known = 0;
        var counts = new int[Math.Max(1, column.Values.Count)];
        foreach (int row in rows)
        {
            string cell = table[row, c];
            if (column.Width == 0 || CsvValue.IsMissing(cell))
                continue;
            known++;
            if (column.Kind == CsvColumnKind.Category)
                counts[Index(column.Values, cell)]++;
            else if (CsvValue.TryNumber(cell, table.HasDecimalComma, out double number))
                sum += number;
        }
        return column.Kind == CsvColumnKind.Category ? Array.IndexOf(counts, counts.Max())
            : known == 0 ? 0 : (float)(sum / known);
    }

    /// <summary>Reads a file whose first row is a header exactly when it names this schema's features.</summary>
    /// <exception cref="DataFormatException">The file cannot be read as a table.</exception>
    public CsvTable Read(string path)
    {
        CsvTable table = CsvTable.Read(path, CsvHeader.Absent);
        return IsNamedIn(table) ? CsvTable.Read(path, CsvHeader.Present) : table;
    }

    /// <summary>Reads a table from text, as <see cref="Read"/> does from a file.</summary>
    /// <exception cref="DataFormatException">The text cannot be read as a table.</exception>
    public CsvTable Parse(string text, string name)
    {
        CsvTable table = CsvTable.Parse(text, name, CsvHeader.Absent);
        return IsNamedIn(table) ? CsvTable.Parse(text, name, CsvHeader.Present) : table;
    }

    bool IsNamedIn(CsvTable table)
    {
        HashSet<string> first = [.. Enumerable.Range(0, table.Columns.Count).Select(c => table[0, c])];
        return Columns.Where(column => column.Width > 0).All(column => first.Contains(column.Name));
    }

    /// <summary>Turns a table with the same columns into a data set.</summary>
    /// <param name="table">The table, with the target.</param>
    /// <param name="name">What messages call the data.</param>
    /// <exception cref="DataFormatException">A column is missing, or a value is unknown; the message names the line.
    /// </exception>
    public Dataset Encode(CsvTable table, string name)
    {
        int[] places = CsvMatch.Places(this, table, needsTarget: true);
        FloatFeatures features = Features(table, places);
        int t = places[Columns.ToList().FindIndex(column => column.IsTarget)];
        return new(name, features, Target.Kind == CsvColumnKind.TargetNumber
            ? new RegressionTargets([.. Enumerable.Range(0, table.Count).Select(row => Number(table, row, t, Target))],
                [Target.Name], table.File)
            : new ClassTargets([.. Enumerable.Range(0, table.Count).Select(row => Label(table, row, t))],
                Target.Values, table.File));
    }

    /// <summary>Turns the rows of a table, with or without the target, into what a model takes.</summary>
    /// <exception cref="DataFormatException">A column is missing, or a value is unknown; the message names the line.
    /// </exception>
    public FloatFeatures EncodeFeatures(CsvTable table) =>
        Features(table, CsvMatch.Places(this, table, needsTarget: false));

    FloatFeatures Features(CsvTable table, int[] places)
    {
        IReadOnlyList<string> names = FeatureNames;
        var numbers = new float[checked(table.Count * names.Count)];
        for (int row = 0, at = 0; row < table.Count; row++)
            for (int c = 0; c < Columns.Count; c++)
            {
                CsvColumn column = Columns[c];
                if (column.Kind == CsvColumnKind.Number)
                    numbers[at] = Number(table, row, places[c], column);
                else if (column.Kind == CsvColumnKind.Category)
                    numbers[at + Category(table, row, places[c], column)] = 1;
                at += column.Width;
            }
        return new(numbers, [names.Count], names);
    }

    static float Number(CsvTable table, int row, int place, CsvColumn column)
    {
        string cell = table[row, place];
        if (CsvValue.IsMissing(cell) && !column.IsTarget)
            return column.Fill;
        return CsvValue.TryNumber(cell, table.HasDecimalComma, out double number) && float.IsFinite((float)number)
            ? (float)number
            : throw Wrong(table, row, column, $"'{cell}' is not a finite number", "Correct it, or leave it empty.");
    }

    static int Category(CsvTable table, int row, int place, CsvColumn column)
    {
        string cell = table[row, place];
        int index = CsvValue.IsMissing(cell) ? (int)column.Fill : Index(column.Values, cell);
        return index >= 0 ? index : throw Wrong(table, row, column, $"'{cell}' was not in the training data",
            $"Known are {string.Join(", ", column.Values)}.");
    }

    int Label(CsvTable table, int row, int place)
    {
        string cell = table[row, place];
        int index = Index(Target.Values, cell);
        // 1 and 1.0 are the same class: numbers are named by their value.
        if (index < 0 && CsvValue.TryNumber(cell, table.HasDecimalComma, out double number))
            index = Index(Target.Values, number.ToString(CultureInfo.InvariantCulture));
        return index >= 0 ? index : throw Wrong(table, row, Target, $"'{cell}' is none of the classes",
            $"They are {string.Join(", ", Target.Values)}.");
    }

    static DataFormatException Wrong(CsvTable table, int row, CsvColumn column, string problem, string mend) =>
        new(table.File, $"line {table.Line(row)}, column {column.Name}", problem, mend);

    static int Index(IReadOnlyList<string> values, string cell)
    {
        for (int i = 0; i < values.Count; i++)
            if (values[i] == cell)
                return i;
        return -1;
    }

    /// <summary>The schema as text, to be kept with a model.</summary>
    public string ToText() => CsvSchemaText.Write(this);

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a schema.</exception>
    public static CsvSchema FromText(string text) => CsvSchemaText.Read(text);
}
