namespace Hondo.Data;

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
