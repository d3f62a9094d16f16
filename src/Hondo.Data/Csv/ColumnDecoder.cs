using System.Globalization;

namespace Hondo.Data;

/// <summary>Turns the cells of a table's column into what a column of the schema says they are.</summary>
sealed class ColumnDecoder
{
    readonly CsvTable _table;
    readonly int _place;
    readonly CsvColumn _column;
    readonly MissingTexts _missing;
    readonly double _offset;
    // What each different text of the column is: a number or an index; NaN for a gap, ±∞ for what cannot be read.
    readonly double[] _decoded;
    readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    readonly Dictionary<double, int> _numbered = [];

    public ColumnDecoder(CsvTable table, int place, CsvColumn column, MissingTexts missing)
    {
        (_table, _place, _column, _missing, _offset) = (table, place, column, missing, (double)column.Offset);
        for (int i = 0; i < column.Values.Count; i++)
            _indices.TryAdd(column.Values[i], i);
        _decoded = [.. table.Cells(place).Texts.Select(Decode)];
    }

    /// <summary>The number, days or index of a row's cell; NaN for a gap, ∞ for what is unknown or no number.</summary>
    public double this[int row]
    {
        get
        {
            Cell cell = _table.Cell(row, _place);
            if (cell.Code >= 0)
                return _decoded[cell.Code];
            if (_missing.IsNamed(cell.Number))
                return double.NaN;
            if (_column.Values.Count > 0)
                return IndexOf(cell);
            if (_column.Kind == CsvColumnKind.Date)
                return DateText.TryRead(cell.Number, out double days) ? days - _offset : double.PositiveInfinity;
            // A mark that is not the column's decimal mark may stand between groups.
            bool isPlain = !_column.IsPercent && (double.IsInteger(cell.Number)
                || cell.Mark == DecimalMark.Comma == (_column.Decimal == ','));
            return isPlain ? cell.Number - _offset : Decode(_table.Cells(_place).Text(cell));
        }
    }

    int IndexOf(Cell cell)
    {
        // Numbers that are written alike are one class: the text is looked for once.
        double key = cell.Mark == DecimalMark.Comma && !double.IsInteger(cell.Number) ? -cell.Number - 0.5
            : cell.Number;
        if (!double.IsInteger(cell.Number) && cell.Mark == DecimalMark.Comma)
            return _indices.GetValueOrDefault(_table.Cells(_place).Text(cell), -1);
        if (!_numbered.TryGetValue(key, out int index))
            _numbered[key] = index = _indices.GetValueOrDefault(_table.Cells(_place).Text(cell), -1);
        return index;
    }

    double Decode(string text)
    {
        bool isNumber = _column.Kind is CsvColumnKind.Number or CsvColumnKind.Date or CsvColumnKind.TargetNumber;
        if (isNumber ? _missing.IsAmongNumbers(text) : _missing.IsAmongTexts(text) && !_indices.ContainsKey(text))
            return double.NaN;
        if (!isNumber)
            return _indices.GetValueOrDefault(text, -1);
        if (_column.Kind == CsvColumnKind.Date)
            return DateText.TryRead(text, _column.Order, out double days) ? days - _offset : double.PositiveInfinity;
        if (!NumberText.TryRead(text, _column.Decimal, out NumberText number))
            return double.PositiveInfinity;
        // Beyond 2^53 float64 would lose units: whole numbers are subtracted as they are written.
        return _column.Offset != 0 && text.Length > 15
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal whole)
            ? (double)(whole - _column.Offset)
            : _column.IsPercent && !number.IsPercent ? number.Value / 100 - _offset : number.Value - _offset;
    }

    /// <summary>Says what is wrong with a row's cell.</summary>
    public DataFormatException Wrong(int row)
    {
        string cell = _table[row, _place];
        (string problem, string mend) = _column.Kind switch
        {
            CsvColumnKind.TargetClass => ($"'{cell}' is none of the classes", Known()),
            CsvColumnKind.Category => ($"'{cell}' was not in the training data", Known()),
            CsvColumnKind.Date => ($"'{cell}' is no date as the model knows them "
                + $"({ExampleDate})", "Correct it, or leave it empty."),
            _ => ($"'{cell}' is not a finite number" + (_column.Decimal == ',' ? " with a decimal comma" : ""),
                _column.IsTarget ? "Correct it." : "Correct it, or leave it empty."),
        };
        return new(_table.File, $"line {_table.Line(row)}, {CsvTable.PlaceOf(_column.Name)}", problem, mend);
    }

    string ExampleDate => _column.Order switch
    {
        DateOrder.YearFirst => "2024-03-01",
        DateOrder.DayFirst => "1.3.2024",
        _ => "3/1/2024",
    };

    string Known() => _column.Values.Count <= 20 ? $"Known are {string.Join(", ", _column.Values)}."
        : $"Known are {_column.Values.Count:N0}, such as {string.Join(", ", _column.Values.Take(10))}.";
}
