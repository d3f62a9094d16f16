using System.Text;
using CsvHelper;

namespace Hondo.Data;

/// <summary>
/// The cells of a CSV file, read once: UTF-8 (a byte order mark says otherwise), gzipped or not, fields between commas,
/// semicolons, tabs, bars or blanks, quoted or not, with or without a header; separator and header are guessed when
/// they are not told. Every row has as many fields as the first; a last field that is empty in all rows may be missing
/// in some.
/// </summary>
public sealed class CsvTable
{
    const int LongestRecord = 1 << 24;

    readonly List<CellColumn> _columns = [];
    readonly List<int> _lines = [];
    readonly Dictionary<int, DataFormatException> _badRows = [];
    string[] _names = [];
    int _first;

    CsvTable(string file, char separator, MissingTexts missing) => (File, Delimiter, Gaps) = (file, separator, missing);

    /// <summary>The file, for messages.</summary>
    public string File { get; }

    /// <summary>What stands between fields; a blank for any number of blanks.</summary>
    public char Delimiter { get; }

    /// <summary>True when the first row named the columns.</summary>
    public bool HasHeader { get; private set; }

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>How many rows there are, without the header.</summary>
    public int Count => _lines.Count - _first;

    /// <summary>A cell as it was written; a whole number without <c>.0</c>.</summary>
    public string this[int row, int column] => _columns[column].Text(row + _first);

    /// <summary>The line of the file, from 1, on which a row starts.</summary>
    public int Line(int row) => _lines[row + _first];

    /// <summary>The rows with too many or too few fields, which are empty here.</summary>
    internal IReadOnlyDictionary<int, DataFormatException> BadRows =>
        _first == 0 ? _badRows : _badRows.ToDictionary(bad => bad.Key - _first, bad => bad.Value);

    /// <summary>What stood for a gap when the table was read.</summary>
    internal MissingTexts Gaps { get; }

    /// <summary>The typed cells of a column.</summary>
    internal Cell Cell(int row, int column) => _columns[column][row + _first];

    /// <summary>The cells of a column with what is known of all of them.</summary>
    internal CellColumn Cells(int column) => _columns[column];

    /// <summary>Gives the memory of rows back that are never asked for again.</summary>
    /// <param name="end">The first row that is still needed.</param>
    internal void Forget(int end) => _columns.ForEach(column => column.Forget(end + _first));

    /// <summary>A cell of the first record, whether it is a header or not.</summary>
    internal string FirstRecord(int column) => column < _names.Length ? _names[column] : "";

    /// <summary>Which of the rows read is the first that is no header.</summary>
    internal int FirstRow => _first;

    /// <summary>How many columns there are.</summary>
    internal int ColumnCount => _columns.Count;

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFormatException">It cannot be read as a table; the message names the line.</exception>
    public static CsvTable Read(string path, CsvHeader header = CsvHeader.Guessed) =>
        Read(path, new CsvOptions { Header = header });

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What is known of it.</param>
    /// <exception cref="DataFormatException">It cannot be read as a table; the message names the line.</exception>
    public static CsvTable Read(string path, CsvOptions options)
    {
        (string sample, Encoding encoding, int mark) = CsvText.Guarded(path, () => CsvText.Start(path));
        char separator = SeparatorOf(sample, path, options);
        if (separator == ' ')
        {
            using var whole = new StreamReader(CsvText.Open(path, encoding, mark), CsvText.Strict);
            return Parse(CsvText.Guarded(path, whole.ReadToEnd), path, options with { Separator = ' ' });
        }
        using Stream bytes = CsvText.Open(path, encoding, mark);
        return Read(bytes, path, separator, options);
    }

    /// <summary>Reads a table from text.</summary>
    /// <param name="text">The whole table.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="header">Whether its first row names the columns.</param>
    /// <exception cref="DataFormatException">It cannot be read as a table; the message names the line.</exception>
    public static CsvTable Parse(string text, string name, CsvHeader header = CsvHeader.Guessed) =>
        Parse(text, name, new CsvOptions { Header = header });

    /// <inheritdoc cref="Parse(string, string, CsvHeader)"/>
    public static CsvTable Parse(string text, string name, CsvOptions options)
    {
        text = text.TrimStart('\ufeff');
        char separator = SeparatorOf(CsvText.Sample(text), name, options);
        if (separator == ' ')
            text = CsvText.WithoutBlanks(text);
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return Read(bytes, name, separator, options);
    }

    static char SeparatorOf(string sample, string file, CsvOptions options) => !sample.Contains('\0')
        ? options.Separator ?? options.SeparatorFor?.Invoke(sample) ?? CsvDialect.Separator(sample)
        : throw new DataFormatException(file, $"character {sample.IndexOf('\0', StringComparison.Ordinal)}",
            "this is binary data, not text", "Check that this is the right file.");

    static CsvTable Read(Stream bytes, string file, char separator, CsvOptions options)
    {
        var table = new CsvTable(file, separator, new(options.Missing));
        CsvText.Guarded(file, () => table.ReadRows(bytes, options));
        if (table._lines.Count == 0)
            throw new DataFormatException(file, "", "there are no rows", "Add a header and rows.");
        if (table._columns.Count == 0)
            throw table.BadRows[0];
        table.HasHeader = options.Header == CsvHeader.Present || options.Header == CsvHeader.Guessed
            && (options.IsHeader?.Invoke(table._names) ?? HeaderGuess.IsHeader(table));
        table.TakeHeader();
        return table.Count > 0 ? table
            : throw new DataFormatException(file, "", "there is a header but no row below it", "Add rows.");
    }

    bool ReadRows(Stream bytes, CsvOptions options)
    {
        using CsvReader reader = CsvReader.Create(bytes, new CsvReaderOptions
        {
            HasHeader = false,
            Separator = Delimiter == ' ' ? '\t' : Delimiter,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MaxRecordSize = LongestRecord,
            MalformedData = CsvMalformedDataHandling.Throw,
        }, leaveOpen: true);
        var width = new RowWidth(File, Delimiter, options);
        while (reader.Read())
            // A line of blanks only is an empty line to everybody but the reader; in a table of one column it is a gap.
            if (reader.FieldCount > 1 || _columns.Count == 1 || !reader.GetSpan(0).IsEmpty)
                Add(reader, width);
        return true;
    }

    void Add(CsvReader reader, RowWidth width)
    {
        int fields = reader.FieldCount, line = (int)reader.LineNumber;
        if (_lines.Count == 0)
            _names = [.. Enumerable.Range(0, fields).Select(c => reader.GetString(c).Trim())];
        if (width.Problem(fields, reader.GetSpan(fields - 1).IsEmpty, line, _lines.Count == 0 ? _names
            : null) is { } bad)
        {
            if (!width.KeepsBadRows)
                throw bad;
            _badRows.Add(_lines.Count, bad);
            fields = 0;
        }
        while (_columns.Count < width.Columns)
            _columns.Add(CellColumn.Empty(_lines.Count, Gaps));
        for (int c = 0; c < _columns.Count; c++)
            _columns[c].Add(c < fields ? reader.GetSpan(c) : default);
        _lines.Add(line);
    }

    /// <summary>How a column is named in an error: one without a name is 'column 3', not 'column column 3'.</summary>
    internal static string PlaceOf(string column) =>
        column is ['c', 'o', 'l', 'u', 'm', 'n', ' ', .. var number] && number.All(char.IsAsciiDigit) ? column
            : $"column {column}";

    void TakeHeader()
    {
        var names = new string[_columns.Count];
        for (int c = 0; c < names.Length; c++)
        {
            string name = HasHeader ? FirstRecord(c) : "";
            names[c] = name.Length > 0 ? name : $"column {c + 1}";
        }
        if (HasHeader)
        {
            string? twice = names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
            if (twice is not null)
                throw new DataFormatException(File, $"line {_lines[0]}", $"two columns are called '{twice}'",
                    "Give every column a name of its own.");
            for (int c = 0; c < _names.Length; c++)
                _columns[c].ForgetFirst(_names[c]);
            _first = 1;
        }
        Columns = names;
    }
}
