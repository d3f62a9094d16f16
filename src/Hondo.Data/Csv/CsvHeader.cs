namespace Hondo.Data;

/// <summary>Whether the first row of a table names its columns.</summary>
public enum CsvHeader
{
    /// <summary>It does when none of its cells is a number, and other rows are unlike it.</summary>
    Guessed,

    /// <summary>It does.</summary>
    Present,

    /// <summary>It is a row like the others; columns are called <c>column 1</c> and so on.</summary>
    Absent,
}
