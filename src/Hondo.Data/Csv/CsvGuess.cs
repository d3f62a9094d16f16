using System.Globalization;

namespace Hondo.Data;

/// <summary>Guesses what each column of a table is: each by all of its cells.</summary>
sealed class CsvGuess
{
    const int MostCategories = 100, FewCategories = 20;

    // Above this share of numbers a text among them is a mistake, not a category.
    const double AlmostAll = 0.9;

    static readonly string[] FarDates = ["0001-01-01", "1899-12-30", "1900-01-01", "1970-01-01", "9999-12-31"];

    readonly CsvTable _table;
    readonly CsvOptions _options;
    readonly MissingTexts _missing;
    readonly ColumnProfile[] _profiles;
    readonly ColumnReading[] _readings;
    readonly NumberGuess _numbers;

    public CsvGuess(CsvTable table, CsvOptions options)
    {
        (_table, _options, _missing) = (table, options, new(options.Missing));
        _profiles = [.. Enumerable.Range(0, table.ColumnCount).Select(c =>
            new ColumnProfile(table.Cells(c), table.FirstRow))];
        _readings = [.. _profiles.Select(profile => ColumnReading.Of(profile, _missing))];
        _numbers = new(table, options, _profiles, _readings, _missing, Notes);
        if (!_missing.NumbersAreIn(table.Gaps))
            throw new ArgumentException($"{table.File} was read without the numbers that stand for missing values. "
                + "Give CsvTable.Read the same options.", nameof(options));
        // With none of their kind an option would do nothing, and nobody would know.
        foreach (string named in options.Missing ?? [])
            if (named.Length > 0 && !_profiles.Any(profile => profile.Texts.Any(cell =>
                MissingTexts.IsSame(cell.Text, named))))
                Notes.Add($"no cell is '{named}': --missing {named} changes nothing.");
    }

    /// <summary>What is worth knowing besides the line that says it all.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>How many gaps each column has.</summary>
    public int[] Missing => [.. _readings.Select(reading => reading.Missing)];

    /// <summary>The columns, without what missing values become.</summary>
    /// <exception cref="DataFormatException">The target is unknown or unusable, or nothing is left to learn from.
    /// </exception>
    public CsvColumn[] Columns()
    {
        if (_table.Count == 1)
            throw new DataFormatException(_table.File, $"line {_table.Line(0)}", _table.HasHeader
                ? "there is only one row below the header" : "there is only one row", "Add rows to learn from.");
        int[] targets = TargetNames.Find(_table, _options.Target, c => _readings[c].Form != CellForm.Empty);
        var target = new TargetGuess(_table, _options, _profiles, _readings, _missing, _numbers, Notes);
        CsvColumn[] columns = [.. _table.Columns.Select((_, c) =>
            targets.Contains(c) ? target.Column(c, targets.Length > 1) : Feature(c))];
        if (_options.Target is null && columns.Length > 1 && columns[0].Kind == CsvColumnKind.Category
            && columns.Count(column => column.Kind == CsvColumnKind.Category) == 1
                && _readings[targets[0]].Form != CellForm.Text)
            Notes.Add($"{columns[0].Name} holds {columns[0].Values.Count} different texts, {columns[^1].Name} is "
                + "taken for the target: if it is the first that is to be predicted, say --target "
                + $"{(_table.HasHeader ? columns[0].Name : "1")}.");
        if (columns.Sum(column => column.Width) == 0 && columns.Any(column => column.Reason == Constant))
            // A table of constants only is a strange one, but one can learn the frequencies of its classes.
            columns = [.. columns.Select((column, c) => column.Reason == Constant ? Used(c) : column)];
        return columns.Sum(column => column.Width) > 0 ? columns
            : throw new DataFormatException(_table.File, "", _table.Columns.Count == 1
                ? $"there is only one column, {_table.Columns[0]}; fields between commas, semicolons or tabs are needed"
                : targets.Length == _table.Columns.Count ? "every column is a target: none is left to learn from"
                : "no column is left to learn from: " + string.Join(", ", columns.Where(c => c.Reason.Length > 0)
                    .Select(c => $"{c.Name} is not used ({c.Reason})")), "Add columns of numbers or of a few texts.");
    }

    const string Constant = "the same in every row";

    CsvColumn Feature(int c)
    {
        ColumnReading reading = _readings[c];
        if (reading.Form == CellForm.Empty)
            return Ignore(c, "empty");
        if (reading.Form != CellForm.Text && IsId(c))
            return Ignore(c, "all different");
        return IsConstant(c) && _table.Count > 1 ? Ignore(c, Constant) : Used(c);
    }

    CsvColumn Used(int c) => _readings[c].Form switch
    {
        CellForm.Number => _numbers.Column(c, CsvColumnKind.Number),
        CellForm.Date => Date(c),
        _ => Texts(c),
    };

    CsvColumn Date(int c)
    {
        (double first, double last) = (double.PositiveInfinity, double.NegativeInfinity);
        DateOrder[] orders = [.. _readings[c].Orders];
        if (orders.Length > 1 && _profiles[c].Texts.Any(t => DateText.TryRead(t.Text, orders[0], out double one)
            && DateText.TryRead(t.Text, orders[1], out double other) && one != other))
        {
            string text = _profiles[c].Texts.First(t => !_missing.IsAmongNumbers(t.Text)).Text;
            Notes.Add($"{_table.Columns[c]} is not used: in dates such as {text} day or month may stand first. Write "
                + "them as 2024-03-01.");
            return Ignore(c, "dates with day or month first");
        }
        foreach ((string text, _, _) in _profiles[c].Texts)
            if (DateText.TryRead(text, orders[0], out double days))
                (first, last) = (Math.Min(first, days), Math.Max(last, days));
        if (DateText.TryRead(_profiles[c].Least, out double least) && DateText.TryRead(_profiles[c].Most,
            out double most))
            (first, last) = (Math.Min(first, least), Math.Max(last, most));
        TellFarDates(c, orders[0]);
        Notes.Add($"{_table.Columns[c]} holds dates: the days since {DateText.Of(first)} are learned from.");
        decimal offset = (decimal)Math.Floor(first);
        return new(_table.Columns[c], CsvColumnKind.Date, []) { Order = orders[0], Offset = offset };
    }

    // A date by which programs write that there is none, several times and farther from all others than they are from
    // each other.
    void TellFarDates(int c, DateOrder order)
    {
        (double Days, string Text, int Count)[] all = [.. _profiles[c].Texts.Select(t =>
            (DateText.TryRead(t.Text, order, out double days) ? days : double.NaN, t.Text, t.Count))
            .Where(one => double.IsFinite(one.Item1))];
        foreach ((double far, string text, int count) in all.Where(one => FarDates.Contains(DateText.Of(one.Days))))
        {
            double[] others = [.. all.Select(one => one.Days).Where(days => days != far)];
            if (_options.Missing is null && count > 1 && others.Length > 1
                && Math.Max(others.Min() - far, far - others.Max()) > others.Max() - others.Min())
                Notes.Add($"{_table.Columns[c]}: {text} comes {count} times, far from all others: if it stands for a "
                    + $"missing value, say --missing {text}.");
        }
    }

    CsvColumn Texts(int c)
    {
        string name = _table.Columns[c];
        _numbers.RefuseMistake(c, AlmostAll);
        string[] values = Distinct(c);
        bool isMostlyDifferent = values.Length > FewCategories && values.Length * 2 > _readings[c].Present;
        if (values.Length > MostCategories || isMostlyDifferent)
            return Ignore(c, values.Length == _readings[c].Present ? "all different"
                : $"{values.Length:N0} different texts");
        Doubts.OfValues(name, values, _missing, Notes);
        return new(name, CsvColumnKind.Category, values);
    }

    CsvColumn Ignore(int c, string reason) =>
        new(_table.Columns[c], CsvColumnKind.Ignored, []) { Reason = reason };

    bool IsConstant(int c)
    {
        string[] texts = [.. _profiles[c].Texts.Where(t => !_missing.IsAmongTexts(t.Text)).Select(t => t.Text).Take(2)];
        ColumnProfile profile = _profiles[c];
        return _readings[c].Missing == 0 && (profile.Numbers == 0 ? texts.Length == 1
            : texts.Length == 0 && profile.Least == profile.Most);
    }

    // Whole numbers under a name that says so, none of them twice.
    bool IsId(int c)
    {
        string name = _table.Columns[c].ToUpperInvariant();
        bool isNamedSo = _table.HasHeader && (_table.Columns[c] == $"column {c + 1}"
            || name is "ID" or "INDEX" or "ROW" or "UUID" or "KEY" or "#" or "NR" or "NO" or "UNNAMED: 0"
            || name.EndsWith("_ID", StringComparison.Ordinal) || name.EndsWith(" ID", StringComparison.Ordinal)
            || _table.Columns[c].EndsWith("Id", StringComparison.Ordinal));
        if (!isNamedSo || _table.Columns.Count < 3 || !_profiles[c].IsWhole || _readings[c].Missing > 0)
            return false;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int row = 0; row < _table.Count; row++)
            if (!seen.Add(_table[row, c]))
                return false;
        return true;
    }

    string[] Distinct(int c) =>
    [
        .. _profiles[c].Texts.Select(t => t.Text).Where(text => !_missing.IsAmongTexts(text))
            .Concat(_profiles[c].DifferentNumbers(MostCategories)?.Keys.AsEnumerable()
                ?? Enumerable.Range(0, MostCategories + 1).Select(i => i.ToString(CultureInfo.InvariantCulture)))
            .Distinct().Order(StringComparer.Ordinal),
    ];
}
