namespace Hondo.Data;

/// <summary>How data is opened.</summary>
public sealed record DataOptions
{
    /// <summary>Shares of train, dev and test; null leaves everything but the data's own test set in train.</summary>
    public Split? Split { get; init; }

    /// <summary>The seed of the split.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How a CSV file is read.</summary>
    public CsvOptions Csv { get; init; } = new();

    /// <summary>True when a .txt whose lines are rows of numbers is a table; false when it is a text in any case.
    /// </summary>
    public bool MayBeTable { get; init; } = true;

    /// <summary>What pictures of a folder become.</summary>
    public ImageOptions Images { get; init; } = new();

    /// <summary>How a text is cut.</summary>
    public TextOptions Text { get; init; } = new();

    /// <summary>When a download gives a mirror up.</summary>
    public DownloadOptions Download { get; init; } = new();

    /// <summary>Told how far a download is.</summary>
    public IProgress<DownloadProgress>? Progress { get; init; }
}
