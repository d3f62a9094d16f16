using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hondo.Insights;

/// <summary>
/// A fingerprint of the data that a training reads: a run goes on with the same samples, the same targets and the same
/// parts, or not at all.
/// </summary>
public static class DataHash
{
    /// <summary>The SHA-256 of samples, targets and names of all parts, as 64 hexadecimal digits.</summary>
    public static string Of(DataSplits data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Dataset? part in (ReadOnlySpan<Dataset?>)[data.Train, data.Dev, data.Test])
            if (part is null)
                Add(hash, "none");
            else
                Add(hash, part);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static void Add(IncrementalHash hash, Dataset part)
    {
        Add(hash, string.Create(CultureInfo.InvariantCulture, $"{part.Count} {part.Sample} ")
            + string.Join('\n', part.Classes) + string.Join('\n', part.Features.Names));
        for (int i = 0; i < part.Count; i++)
            hash.AppendData(part.Features.Stored(part.Row(i)));
        // What is to be said after a text is the text; sequences are drawn for each run by its seed.
        for (int i = 0; i < part.Count; i++)
            hash.AppendData(part.Targets.Stored(part.Row(i)));
    }

    static void Add(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\0"));
}
