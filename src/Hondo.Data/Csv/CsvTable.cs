using System.Text;
using CsvHelper;

namespace Hondo.Data;

/// <summary>
/// The cells of a CSV file: UTF-8 (a byte order mark says otherwise), fields between commas, semicolons, tabs or bars,
/// quoted or not, with or without a header; delimiter, decimal comma and header are guessed. Every row has as many
/// fields as the first.
/// </summary>
public sealed class CsvTable
{
    const int SampleLength = 1 << 16;
    const int LongestRecord = 1 << 24;

    readonly List<string[]> _rows;
    readonly List<int> _lines;

    CsvTable(string file, List<string[]> rows, List<int> lines, char delimiter, CsvHeader header)
    {
        (File, _rows, _lines, Delimiter) = (file, rows, lines, delimiter);
        HasDecimalComma = rows.Exists(row => Array.Exists(row, cell => CsvValue.HasDecimalComma(cell, delimiter)));
        HasHeader = header == CsvHeader.Present || header == CsvHeader.Guessed && LooksLikeHeader();
        Columns = HasHeader ? TakeHeader() : [.. Enumerable.Range(1, rows[0].Length).Select(i => $"column {i}")];
        if (rows.Count == 0)
            throw new DataFormatException(file, "", "there is a header but no row below it", "Add rows.");
    }

    /// <summary>The file, for messages.</summary>
    public string File { get; }

    /// <summary>What stands between fields.</summary>
    public char Delimiter { get; }

    /// <summary>True when numbers are written <c>1,5</c>.</summary>
    public bool HasDecimalComma { get; }

    /// <summary>True when the first row named the columns.</summary>
    public bool HasHeader { get; }

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>How many rows there are, without the header.</summary>
    public int Count => _rows.Count;

    /// <summary>A cell.</summary>
    public string this[int row, int column] => _rows[row][column];

    /// <summary>The line of the file, from 1, on which a row starts.</summary>
    public int Line(int row) => _lines[row];

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFormatException">It cannot be read as a table; the message names the line.</exception>
    public static CsvTable Read(string path, CsvHeader header = CsvHeader.Guessed)
    {
        using FileStream file = DataFile.Open(path, "a CSV file");
        using var sample = new StreamReader(file, Strict(), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var start = new char[SampleLength];
        int length = Guarded(path, () => sample.ReadBlock(start, 0, start.Length));
        file.Position = 0;
        using var text = new StreamReader(file, Strict(), detectEncodingFromByteOrderMarks: true);
        return Read(text, path, start.AsSpan(0, length), header);
    }

    /// <summary>Reads a table from text.</summary>
    /// <param name="text">The whole table.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="header">Whether its first row names the columns.</param>
    /// <exception cref="DataFormatException">It cannot be read as a table; the message names the line.</exception>
    public static CsvTable Parse(string text, string name, CsvHeader header = CsvHeader.Guessed)
    {
        using var reader = new StringReader(text);
        return Read(reader, name, text.AsSpan(0, Math.Min(text.Length, SampleLength)), header);
    }

    static CsvTable Read(TextReader text, string file, ReadOnlySpan<char> sample, CsvHeader header)
    {
        if (sample.Contains('\0'))
            throw new DataFormatException(file, $"character {sample.IndexOf('\0')}", "this is binary data, not text",
                "Check that this is the right file.");
        char delimiter = CsvDialect.Delimiter(sample);
        List<string[]> rows = [];
        List<int> lines = [];
        Guarded(file, () => ReadRows(text, file, delimiter, rows, lines));
        return rows.Count > 0
            ? new(file, rows, lines, delimiter, header)
            : throw new DataFormatException(file, "", "there are no rows", "Add a header and rows.");
    }

    static int ReadRows(TextReader text, string file, char delimiter, List<string[]> rows, List<int> lines)
    {
        using CsvReader reader = CsvReader.Create(text, new CsvReaderOptions
        {
            HasHeader = false,
            Separator = delimiter,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            PoolStrings = true,
            MaxRecordSize = LongestRecord,
            MalformedData = CsvMalformedDataHandling.Throw,
        });
        while (reader.Read())
        {
            var row = new string[reader.FieldCount];
            for (int i = 0; i < row.Length; i++)
                row[i] = reader.GetString(i);
            // A line of blanks only is an empty line to everybody but the reader.
            if (row is [""] && rows.Count > 0 && rows[0].Length > 1)
                continue;
            if (rows.Count > 0 && row.Length != rows[0].Length)
                throw new DataFormatException(file, $"line {reader.LineNumber}", $"the row has {row.Length} fields, "
                    + $"but the first has {rows[0].Length}", "Give every row as many fields, and quote texts that "
                    + $"contain '{delimiter}'.");
            rows.Add(row);
            lines.Add((int)reader.LineNumber);
        }
        return rows.Count;
    }

    static UTF8Encoding Strict() => new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static T Guarded<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DecoderFallbackException e)
        {
            throw new DataFormatException(file, "", $"the text is not UTF-8 (byte 0x{e.BytesUnknown?[0]:x2})",
                "Save it as UTF-8 (in a spreadsheet: 'CSV UTF-8').", e);
        }
        catch (CsvFormatException e)
        {
            throw new DataFormatException(file, $"line {e.LineNumber}",
                $"the row cannot be read: {e.Message.Split(": ", 2)[^1].TrimEnd('.')}",
                "Close every quote, and write a quote inside a quoted text twice.", e);
        }
    }

    // A header has no numbers, and is unlike the rows below it: some column has numbers there, or never its name.
    bool LooksLikeHeader()
    {
        if (_rows.Count < 2 || _rows[0].Any(cell => CsvValue.TryNumber(cell, HasDecimalComma, out _)))
            return false;
        string[] second = _rows[1];
        return second.Any(cell => CsvValue.TryNumber(cell, HasDecimalComma, out _))
            || !Enumerable.Range(0, second.Length).Any(c => _rows.Skip(1).Any(row => row[c] == _rows[0][c]));
    }

    string[] TakeHeader()
    {
        string[] names = _rows[0];
        for (int i = 0; i < names.Length; i++)
            names[i] = names[i].Length > 0 ? names[i] : $"column {i + 1}";
        string? twice = names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
            throw new DataFormatException(File, $"line {_lines[0]}", $"two columns are called '{twice}'",
                "Give every column a name of its own.");
        _rows.RemoveAt(0);
        _lines.RemoveAt(0);
        return names;
    }
}
