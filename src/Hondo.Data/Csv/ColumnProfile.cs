namespace Hondo.Data;

/// <summary>What is known of all cells of a column, from a row on.</summary>
sealed class ColumnProfile
{
    readonly int[] _counts, _firstRows;

    public ColumnProfile(CellColumn cells, int from)
    {
        (Cells, From) = (cells, from);
        (_counts, _firstRows) = (new int[cells.Texts.Count], new int[cells.Texts.Count]);
        IsWhole = true;
        for (int row = from; row < cells.Count; row++)
        {
            Cell cell = cells[row];
            if (cell.Code < 0)
            {
                Numbers++;
                (Least, Most) = (Math.Min(Least, cell.Number), Math.Max(Most, cell.Number));
                IsWhole &= double.IsInteger(cell.Number);
            }
            else if (_counts[cell.Code]++ == 0)
                _firstRows[cell.Code] = row;
        }
    }

    public CellColumn Cells { get; }

    /// <summary>The first row, of all that were read.</summary>
    public int From { get; }

    /// <summary>How many cells are plain numbers.</summary>
    public int Numbers { get; }

    /// <summary>The least plain number.</summary>
    public double Least { get; } = double.PositiveInfinity;

    /// <summary>The largest plain number.</summary>
    public double Most { get; } = double.NegativeInfinity;

    /// <summary>True when all plain numbers are whole.</summary>
    public bool IsWhole { get; }

    /// <summary>The different texts, how often each occurs, and the first row of each.</summary>
    public IEnumerable<(string Text, int Count, int Row)> Texts => Enumerable.Range(0, _counts.Length)
        .Where(code => _counts[code] > 0).Select(code => (Cells.Texts[code], _counts[code], _firstRows[code]));

    /// <summary>The different plain numbers, as they are written, with how often each occurs; null when there are more
    /// than so many.</summary>
    public Dictionary<string, int>? DifferentNumbers(int most)
    {
        var counts = new Dictionary<(double, DecimalMark), int>();
        for (int row = From; row < Cells.Count && Numbers > 0; row++)
            if (Cells[row] is { Code: < 0 } cell)
            {
                (double, DecimalMark) key = (cell.Number, double.IsInteger(cell.Number) ? default : cell.Mark);
                counts[key] = counts.GetValueOrDefault(key) + 1;
                if (counts.Count > most)
                    return null;
            }
        var texts = new Dictionary<string, int>();
        foreach (((double number, DecimalMark mark), int count) in counts)
        {
            string text = Cells.Text(new Cell(number, -1, mark, Cells.IsPacked));
            texts[text] = texts.GetValueOrDefault(text) + count;
        }
        return texts;
    }
}
