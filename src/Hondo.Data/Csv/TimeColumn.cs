namespace Hondo.Data;

/// <summary>When each row of a table was: by a column of dates or numbers.</summary>
static class TimeColumn
{
    /// <summary>The days, or the numbers, of a column.</summary>
    /// <exception cref="DataFormatException">There is no such column, or it holds neither, or a gap.</exception>
    public static double[] Of(CsvTable table, string name, CsvOptions options)
    {
        int c = TargetNames.One(table, name) ?? throw TargetNames.Unknown(table, name, "column");
        var missing = new MissingTexts(options.Missing);
        ColumnReading reading = ColumnReading.Of(new(table.Cells(c), table.FirstRow), missing);
        CsvColumn column = new(table.Columns[c], reading.Form == CellForm.Date ? CsvColumnKind.Date
            : CsvColumnKind.Number, [])
        {
            Decimal = options.Decimal ?? (reading.Decimals.Length == 1 ? reading.Decimals[0] : '.'),
            Order = reading.Orders.Count > 0 ? reading.Orders[0] : DateOrder.YearFirst,
        };
        if (reading.Form is not (CellForm.Date or CellForm.Number) || reading.Orders.Count > 1 || reading.Missing > 0)
            throw new DataFormatException(table.File, CsvTable.PlaceOf(column.Name), reading.Missing > 0
                ? $"{reading.Missing:N0} {(reading.Missing == 1 ? "row has" : "rows have")} no time"
                    : "neither dates nor numbers are in every row, in one reading",
                "Split by a column of dates such as 2024-03-01, or of numbers.");
        var decoder = new ColumnDecoder(table, c, column, missing);
        return [.. Enumerable.Range(0, table.Count).Select(row => decoder[row])];
    }
}
