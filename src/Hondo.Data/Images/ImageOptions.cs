namespace Hondo.Data;

/// <summary>What pictures of a folder become. What is null follows from the pictures.</summary>
public sealed record ImageOptions
{
    /// <summary>Rows; the median of the pictures when none of its sides is above 64, else 64.</summary>
    public int? Height { get; init; }

    /// <summary>Columns; as many as rows when only those are given.</summary>
    public int? Width { get; init; }

    /// <summary>1 or 3; 1 when all pictures are grey.</summary>
    public int? Channels { get; init; }

    /// <summary>The classes in the order of their labels; the names of the folders in order.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Other names of classes, as folders may have them: <c>n02123159</c> for <c>tiger cat</c>.</summary>
    public IReadOnlyDictionary<string, string>? Aliases { get; init; }

    /// <summary>The share of a picture's shorter side that is kept, above 0 to 1; less shows its middle larger.
    /// </summary>
    public double Crop { get; init; } = 1;

    /// <summary>How pictures of other sizes are shrunk.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.Bilinear;

    /// <summary>
    /// Bytes of decoded pictures that stay in memory; what is beyond is decoded again in each epoch. The numbers are
    /// the same for any budget.
    /// </summary>
    public long CacheBytes { get; init; } = 192L << 20;
}
