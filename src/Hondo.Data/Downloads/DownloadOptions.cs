namespace Hondo.Data;

/// <summary>When a download gives a mirror up.</summary>
public sealed record DownloadOptions
{
    /// <summary>How long a mirror may send nothing, its answer included.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The fewest bytes a second, over <see cref="Patience"/>, that are worth waiting for.</summary>
    public int LeastBytesPerSecond { get; init; } = 2048;

    /// <summary>How often one mirror is tried; only while each try brings the download further.</summary>
    public int Tries { get; init; } = 5;
}
