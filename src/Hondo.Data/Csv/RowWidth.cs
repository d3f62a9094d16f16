namespace Hondo.Data;

/// <summary>
/// How many fields the rows of a table have. All have as many; but a last field that is always empty, as a comma at
/// the end of a line makes it, may be there in the header only, or in the rows only.
/// </summary>
sealed class RowWidth(string file, char separator, CsvOptions options)
{
    int _first, _rows;
    bool _isFirstOpen;

    /// <summary>True when a row of another width spoils no other.</summary>
    public bool KeepsBadRows => options.Widths is not null;

    /// <summary>How many columns there are, as far as is known; 0 before the first good row.</summary>
    public int Columns => Math.Max(_first, _rows);

    /// <summary>Checks the next row.</summary>
    /// <param name="fields">How many fields it has.</param>
    /// <param name="isLastEmpty">Whether the last of them is empty.</param>
    /// <param name="line">Where it is.</param>
    /// <param name="first">Its texts when it is the first row of all.</param>
    /// <returns>What is wrong with it; null when it fits.</returns>
    public DataFormatException? Problem(int fields, bool isLastEmpty, int line, IReadOnlyList<string>? first)
    {
        if (_first == 0)
        {
            if (options.Widths is { } widths && !widths.Contains(fields)
                && !(first is not null && options.IsHeader?.Invoke(first) == true))
                return Wrong(fields, $"the model's data had {widths.Max()}", line);
            (_first, _isFirstOpen) = (fields, isLastEmpty && fields > 1);
            return null;
        }
        if (_rows == 0)
        {
            if (fields != _first && !(_isFirstOpen && fields == _first - 1) && !(isLastEmpty && fields == _first + 1))
                return Wrong(fields, $"the first has {_first}", line);
            _rows = fields;
        }
        // What follows a header without the last, empty name must be empty all along.
        return fields != _rows ? Wrong(fields, $"the first has {_rows}", line)
            : fields > _first && !isLastEmpty ? Wrong(fields, $"the header has {_first}", line)
            : null;
    }

    DataFormatException Wrong(int fields, string others, int line) => new(file, $"line {line}",
        $"the row has {fields} {(fields == 1 ? "field" : "fields")}, but {others}",
        $"Give every row as many fields, and quote texts that contain '{separator}'.");
}
