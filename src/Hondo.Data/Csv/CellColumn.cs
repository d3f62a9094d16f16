using System.Globalization;

namespace Hondo.Data;

/// <summary>
/// The cells of one column, typed as they are read: a plain number is a number, any other text an index into the
/// different texts of the column. Nothing is decided here that needs the other cells.
/// </summary>
/// <param name="missing">Numbers that stand for gaps are kept as the texts that they were.</param>
sealed class CellColumn(MissingTexts missing)
{
    /// <summary>Cells that are kept, and forgotten, together.</summary>
    public const int ChunkLength = 1 << 13;

    const int ChunksKeptWide = 8;

    // From so many different texts on, 3.10 is no name any more but a measured number.
    const int ManyTexts = 4096;

    readonly List<CellChunk?> _chunks = [];
    readonly List<string> _texts = [];
    readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    double[] _open = new double[16];
    DecimalMark _mark;
    int _count;

    /// <summary>How many cells there are.</summary>
    public int Count => _chunks.Count * ChunkLength + _count;

    /// <summary>The different texts that are no plain numbers.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>How many numbers had a point, and how many of them cannot be thousands.</summary>
    public (int All, int Sure) Points { get; private set; }

    /// <summary>How many numbers had a comma, and how many of them cannot be thousands.</summary>
    public (int All, int Sure) Commas { get; private set; }

    /// <summary>Adds a cell.</summary>
    /// <exception cref="System.Text.DecoderFallbackException">The bytes are not UTF-8.</exception>
    public void Add(ReadOnlySpan<byte> cell)
    {
        if (PlainNumber.TryRead(cell, out PlainNumber number) && IsKeptAsNumber(number))
        {
            Append(number.Value);
            if (number.Mark != DecimalMark.None)
                _mark = number.Mark;
            int sure = number.CouldBeGroup ? 0 : 1;
            if (number.Mark == DecimalMark.Point)
                Points = (Points.All + 1, Points.Sure + sure);
            else if (number.Mark == DecimalMark.Comma)
                Commas = (Commas.All + 1, Commas.Sure + sure);
        }
        else
            Append(CellChunk.Box(Code(cell)));
    }

    // A chunk has one decimal mark: what is written otherwise stays a text. So does what a number could not give back.
    bool IsKeptAsNumber(PlainNumber number) =>
        (number.Mark == DecimalMark.None || _mark == DecimalMark.None || _mark == number.Mark)
        && !(number.CouldBeGroup && (number.EndsInZero || double.IsInteger(number.Value)))
        && !(number.EndsInZero && _texts.Count < ManyTexts) && !missing.IsNamed(number.Value);

    int Code(ReadOnlySpan<byte> cell)
    {
        Span<char> chars = cell.Length <= 256 ? stackalloc char[256] : new char[cell.Length];
        chars = chars[..CsvText.Strict.GetChars(cell, chars)];
        ReadOnlySpan<char> text = chars.Trim();
        var codes = _codes.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!codes.TryGetValue(text, out int code))
        {
            code = _texts.Count;
            _texts.Add(text.ToString());
            _codes.Add(_texts[code], code);
        }
        return code;
    }

    void Append(double cell)
    {
        if (_count == _open.Length)
            Array.Resize(ref _open, Math.Min(2 * _count, ChunkLength));
        _open[_count++] = cell;
        if (_count < ChunkLength)
            return;
        _chunks.Add(new(_open, _mark));
        // A short table keeps every digit; a long one is kept in half the memory.
        if (_chunks.Count == ChunksKeptWide)
            _chunks.ForEach(static chunk => chunk!.Pack());
        else if (_chunks.Count > ChunksKeptWide)
            _chunks[^1]!.Pack();
        (_open, _mark, _count) = (new double[ChunkLength], DecimalMark.None, 0);
    }

    /// <summary>A cell: its number and the mark within, or NaN and the index of its text.</summary>
    public Cell this[int row]
    {
        get
        {
            int chunk = row / ChunkLength, at = row % ChunkLength;
            return chunk < _chunks.Count ? _chunks[chunk]![at] : CellChunk.Unbox(_open[at], _mark);
        }
    }

    /// <summary>Gives the memory of whole chunks back; their cells are never asked for again.</summary>
    /// <param name="end">The first row that is still needed.</param>
    public void Forget(int end)
    {
        for (int chunk = Math.Min(end / ChunkLength, _chunks.Count) - 1; chunk >= 0 && _chunks[chunk] is not null;
            chunk--)
            _chunks[chunk] = null;
    }

    /// <summary>A cell as it was written, but <c>1</c> for <c>1.0</c>.</summary>
    public string Text(int row) => Text(this[row]);

    /// <inheritdoc cref="Text(int)"/>
    public string Text(Cell cell)
    {
        if (cell.Code >= 0)
            return _texts[cell.Code];
        string text = cell.IsSingle ? ((float)cell.Number).ToString(CultureInfo.InvariantCulture)
            : cell.Number.ToString("0.###############", CultureInfo.InvariantCulture);
        return cell.Mark == DecimalMark.Comma ? text.Replace('.', ',') : text;
    }

    /// <summary>Takes the first cell out of the counts: it is a name.</summary>
    public void ForgetFirst(string name)
    {
        if (!PlainNumber.TryRead(CsvText.Strict.GetBytes(name), out PlainNumber number) || this[0].Code >= 0)
            return;
        int sure = number.CouldBeGroup ? 0 : 1;
        if (number.Mark == DecimalMark.Point)
            Points = (Points.All - 1, Points.Sure - sure);
        else if (number.Mark == DecimalMark.Comma)
            Commas = (Commas.All - 1, Commas.Sure - sure);
    }

    /// <summary>A column that has been empty for so many rows.</summary>
    public static CellColumn Empty(int rows, MissingTexts missing)
    {
        var column = new CellColumn(missing);
        for (int i = 0; i < rows; i++)
            column.Add(default);
        return column;
    }

    /// <summary>True when most numbers are kept as float32.</summary>
    public bool IsPacked => _chunks.Count >= ChunksKeptWide;
}
