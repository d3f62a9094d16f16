namespace Hondo.Data;

/// <summary>What kind of thing the target column holds.</summary>
public enum CsvTask
{
    /// <summary>
    /// Classes when the target is text, or at most 20 different whole numbers that each occur about twice or more;
    /// numbers otherwise.
    /// </summary>
    Guessed,

    /// <summary>Each different value is a class.</summary>
    Classes,

    /// <summary>Numbers to predict (regression).</summary>
    Numbers,
}
