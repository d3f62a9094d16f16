namespace Hondo.Data;

/// <summary>
/// How the rows of a table become numbers: which columns are features, how their numbers are written, which texts are
/// categories, what missing values become, what the classes are. Decided once, by all cells of each column, kept with
/// the model as text, and obeyed for every later file.
/// </summary>
public sealed class CsvSchema
{
    internal CsvSchema(IReadOnlyList<CsvColumn> columns, IReadOnlyList<string> notes) =>
        (Columns, Notes) = (columns, notes);

    /// <summary>The columns, in the order of the file that it was fitted on.</summary>
    public IReadOnlyList<CsvColumn> Columns { get; }

    /// <summary>What was guessed and is worth knowing, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>What was guessed, in one line.</summary>
    public string Summary { get; internal init; } = "";

    /// <summary>What stood between the fields.</summary>
    public char Separator { get; internal init; } = ',';

    /// <summary>Whether the first row named the columns; null when that is not known.</summary>
    public bool? HasHeader { get; internal init; }

    /// <summary>The texts that were told to be missing values; null for the usual ones.</summary>
    public IReadOnlyList<string>? Missing { get; internal init; }

    /// <summary>What the numbers to predict are, by their name in <see cref="Serialization.TargetCatalog"/>; null for
    /// plain numbers, and for classes.</summary>
    public string? Kind { get; internal init; }

    /// <summary>The columns to predict: one, or several of numbers.</summary>
    public IReadOnlyList<CsvColumn> TargetColumns => [.. Columns.Where(column => column.IsTarget)];

    /// <summary>The column to predict, the first when there are several.</summary>
    public CsvColumn Target => Columns.First(column => column.IsTarget);

    /// <summary>The names of the features, one for each number of a sample.</summary>
    public IReadOnlyList<string> FeatureNames => [.. Columns.SelectMany(column => column.FeatureNames)];

    /// <summary>
    /// Decides what the columns of a table are. A number column's missing values (empty, ?, NA, NaN, null …) become the
    /// mean of the rows given, a category's the most frequent text.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="options">What is known of it.</param>
    /// <param name="rows">The rows to fit on: those of the training part; or null for all.</param>
    /// <exception cref="DataFormatException">The table cannot be learnt from; the message names the place.</exception>
    public static CsvSchema Fit(CsvTable table, CsvOptions? options = null, IReadOnlyList<int>? rows = null)
    {
        options ??= new();
        var guess = new CsvGuess(table, options);
        CsvColumn[] columns = guess.Columns();
        int[] gaps = guess.Missing;
        var schema = new CsvSchema([.. columns.Select((column, c) => column with { Gaps = gaps[c] })], guess.Notes)
        {
            Separator = table.Delimiter,
            HasHeader = table.HasHeader,
            Missing = options.Missing,
            Kind = options.Kind,
            Summary = CsvLine.Of(table, columns),
        };
        return schema.Filled(table, rows);
    }

    /// <summary>The same columns with gaps filled by other rows; null for all.</summary>
    internal CsvSchema Filled(CsvTable table, IReadOnlyList<int>? rows)
    {
        var missing = new MissingTexts(Missing);
        CsvColumn[] columns = [.. Columns.Select((column, c) =>
            column with { Fill = Filling.Of(table, column, c, missing, rows) })];
        return new(columns, [.. Notes.Except(Filling.Describe(Columns)), .. Filling.Describe(columns)])
        {
            Separator = Separator,
            HasHeader = HasHeader,
            Missing = Missing,
            Kind = Kind,
            Summary = Summary,
        };
    }

    /// <summary>Reads a file as the one that this schema was fitted on. Its first row is a header when it names this
    /// schema's features, or when it can be nothing else.</summary>
    /// <exception cref="DataFormatException">The file cannot be read as a table, or a feature is not in its header.
    /// </exception>
    public CsvTable Read(string path) => CsvTable.Read(path, CsvMatch.Options(this, keepsBadRows: false));

    /// <summary>Reads a table from text, as <see cref="Read"/> does from a file.</summary>
    /// <exception cref="DataFormatException">The text cannot be read as a table.</exception>
    public CsvTable Parse(string text, string name) =>
        CsvTable.Parse(text, name, CsvMatch.Options(this, keepsBadRows: false));

    /// <summary>Turns a table with the same columns into a data set. A text that no training row had counts as none of
    /// those that are known.</summary>
    /// <param name="table">The table, with the target.</param>
    /// <param name="name">What messages call the data.</param>
    /// <exception cref="DataFormatException">A column is missing, or a number or class cannot be read; the message
    /// names the line.</exception>
    public Dataset Encode(CsvTable table, string name) => Encode(table, name, out _);

    /// <summary>Turns a table with the same columns into a data set, and says which texts were not known.</summary>
    /// <param name="table">The table, with the target.</param>
    /// <param name="name">What messages call the data.</param>
    /// <param name="unknown">Texts that no training row had, a sentence each.</param>
    public Dataset Encode(CsvTable table, string name, out IReadOnlyList<string> unknown)
    {
        var encoding = new CsvEncoding(this, table, CsvMatch.Places(this, table, needsTarget: true));
        FloatFeatures features = encoding.Features();
        foreach (DataFormatException problem in encoding.Problems.Values)
            throw problem;
        unknown = [.. encoding.Unknown.Values];
        return new(name, features, encoding.Targets());
    }

    // From so many rows on the cells are not kept beside the features.
    const int ManyRows = 1 << 17;

    /// <summary>As <see cref="Encode(CsvTable, string)"/>, for a table that is asked for nothing afterwards: a large
    /// one is in memory once, not twice. With gaps, what fills them is found later, and the cells stay.</summary>
    internal Dataset EncodeLast(CsvTable table, string name)
    {
        if (table.Count < ManyRows || Columns.Any(column => column.Gaps > 0 && column.Width > 0))
            return Encode(table, name);
        var encoding = new CsvEncoding(this, table, CsvMatch.Places(this, table, needsTarget: true));
        Targets targets = encoding.Targets();
        FloatFeatures features = encoding.Features(forgets: true);
        foreach (DataFormatException problem in encoding.Problems.Values)
            throw problem;
        return new(name, features, targets);
    }

    /// <summary>Turns the rows of a table, with or without the target, into what a model takes.</summary>
    /// <exception cref="DataFormatException">A column is missing, or a value cannot be read; the message names the
    /// line.</exception>
    public FloatFeatures EncodeFeatures(CsvTable table)
    {
        CsvRows rows = EncodeRows(table);
        return rows.Problems.Count == 0 ? rows.Features : throw rows.Problems.Values.First();
    }

    /// <summary>Turns the rows of a table into what a model takes, and says which rows cannot be.</summary>
    /// <exception cref="DataFormatException">A column is missing.</exception>
    public CsvRows EncodeRows(CsvTable table)
    {
        var encoding = new CsvEncoding(this, table, CsvMatch.Places(this, table, needsTarget: false))
        {
            NotesGaps = true,
        };
        FloatFeatures features = encoding.Features();
        foreach ((int row, DataFormatException problem) in table.BadRows)
            encoding.Problems[row] = problem;
        return new(features, encoding.Problems, encoding.Unknown) { Gaps = encoding.Gaps };
    }

    /// <summary>Reads rows to predict, from a file or as text: a row that has too many or too few fields spoils no
    /// other.</summary>
    /// <exception cref="DataFormatException">No row can be read, or a column is missing.</exception>
    public CsvRows ReadRows(string path) =>
        EncodeRows(CsvTable.Read(path, CsvMatch.Options(this, keepsBadRows: true)));

    /// <inheritdoc cref="ReadRows"/>
    public CsvRows ParseRows(string text, string name) =>
        EncodeRows(CsvTable.Parse(text, name, CsvMatch.Options(this, keepsBadRows: true)));

    /// <summary>The schema as text, to be kept with a model.</summary>
    public string ToText() => CsvSchemaText.Write(this);

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a schema.</exception>
    public static CsvSchema FromText(string text) => CsvSchemaText.Read(text);
}

/// <summary>Rows to predict.</summary>
/// <param name="Features">The features of all rows, also of those that cannot be read.</param>
/// <param name="Problems">The rows that cannot be answered, and why.</param>
/// <param name="Unknown">The rows with a text that no training row had: it counts as none of the known ones.</param>
public sealed record CsvRows(FloatFeatures Features, IReadOnlyDictionary<int, DataFormatException> Problems,
    IReadOnlyDictionary<int, string> Unknown)
{
    /// <summary>The rows in which a feature is missing, and where: the mean of the training rows, or their most
    /// frequent text, stands for it.</summary>
    public IReadOnlyDictionary<int, string> Gaps { get; init; } = new Dictionary<int, string>();
}
