namespace Hondo.Data;

/// <summary>How a CSV file is read. Everything left out is guessed.</summary>
public sealed record CsvOptions
{
    /// <summary>
    /// The column to predict: its name, or its number from 1 (−1 is the last, −2 the one before). The last when left
    /// out.
    /// </summary>
    public string? Target { get; init; }

    /// <summary>Whether the first row names the columns.</summary>
    public CsvHeader Header { get; init; }

    /// <summary>Whether the target is classes or numbers.</summary>
    public CsvTask Task { get; init; }
}
