namespace Hondo.Data;

/// <summary>A column of a table, as a model uses it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Values">The texts of a category or the names of the classes, in order; empty for others.</param>
/// <param name="Fill">What a missing value becomes: the mean of the training part, or its most frequent text's index.
/// </param>
public sealed record CsvColumn(string Name, CsvColumnKind Kind, IReadOnlyList<string> Values, float Fill = 0)
{
    /// <summary>What begins the decimals of its numbers, a point or a comma.</summary>
    public char Decimal { get; init; } = '.';

    /// <summary>True when its numbers are percentages: 12 % is 0.12.</summary>
    public bool IsPercent { get; init; }

    /// <summary>
    /// What is subtracted before a number becomes float32, so that large ones that lie close together keep their
    /// differences; days since 0001-01-01 for a date.
    /// </summary>
    public decimal Offset { get; init; }

    /// <summary>In which order its dates are written.</summary>
    public DateOrder Order { get; init; }

    /// <summary>How many values were missing where it was fitted.</summary>
    internal int Gaps { get; init; }

    /// <summary>Why it is not used; empty when it is.</summary>
    public string Reason { get; init; } = "";

    /// <summary>How many features it becomes.</summary>
    public int Width => Kind switch
    {
        CsvColumnKind.Number or CsvColumnKind.Date => 1,
        CsvColumnKind.Category => Values.Count,
        _ => 0,
    };

    /// <summary>True when it is what is to be predicted.</summary>
    public bool IsTarget => Kind is CsvColumnKind.TargetClass or CsvColumnKind.TargetNumber;

    /// <summary>The names of its features: <c>age</c>, or <c>color=red</c> and <c>color=green</c>.</summary>
    public IEnumerable<string> FeatureNames => Kind switch
    {
        CsvColumnKind.Number or CsvColumnKind.Date => [Name],
        CsvColumnKind.Category => Values.Select(value => $"{Name}={value}"),
        _ => [],
    };
}

/// <summary>What a column of a table is to a model.</summary>
public enum CsvColumnKind
{
    /// <summary>A feature that is a number.</summary>
    Number,

    /// <summary>A feature that is one of a few texts: one number for each, 1 for the text that it is.</summary>
    Category,

    /// <summary>Not used: row numbers, names, free text.</summary>
    Ignored,

    /// <summary>The target, a class.</summary>
    TargetClass,

    /// <summary>The target, a number.</summary>
    TargetNumber,

    /// <summary>A feature that is a date: the days since the first of the table.</summary>
    Date,
}
