using System.Security.Cryptography;
using System.Text;

namespace Hondo.Serialization;

/// <summary>The manifest.txt of a checkpoint: the SHA-256 of each of its files, and of itself.</summary>
static class CheckpointManifest
{
    const string FileName = "manifest.txt", Title = "hondo checkpoint 1";
    const int Longest = 1 << 16;

    /// <summary>Where the manifest of a checkpoint is.</summary>
    public static string PathIn(string folder) => Path.Combine(folder, FileName);

    /// <summary>True when the checkpoint was finished, whatever became of its files later.</summary>
    public static bool IsIn(string folder) => File.Exists(PathIn(folder));

    /// <summary>The manifest of files with these checksums.</summary>
    public static byte[] Of(IEnumerable<(string Name, string Sum)> files)
    {
        string text = $"# {Title}\n" + string.Concat(files.Select(file => $"{file.Sum}  {file.Name}\n"));
        return Encoding.UTF8.GetBytes($"{text}# {Sum(Encoding.UTF8.GetBytes(text))}\n");
    }

    /// <summary>What is wrong with a checkpoint, or null when it is whole.</summary>
    public static string? Problem(string folder)
    {
        try
        {
            return !IsIn(folder) ? "it has no manifest" : ProblemOf(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"it cannot be read: {error.Message.TrimEnd('.')}";
        }
    }

    static string? ProblemOf(string folder)
    {
        if (new FileInfo(PathIn(folder)).Length > Longest)
            return $"{FileName} is too long";
        byte[] manifest = File.ReadAllBytes(PathIn(folder));
        (string Sum, string Name)[] files = [.. Encoding.UTF8.GetString(manifest).Split('\n')
            .Where(line => line is [not '#', ..]).Select(line => line.Split("  "))
            .Select(words => (words[0], words[^1]))];
        // A manifest is a function of names and sums alone: any other byte in it was changed.
        if (files.Length == 0 || !Of(files.Select(file => (file.Name, file.Sum))).AsSpan().SequenceEqual(manifest))
            return $"{FileName} was changed after it was written";
        foreach ((string sum, string name) in files)
        {
            string path = Path.Combine(folder, name);
            if (name.AsSpan().ContainsAny("/\\:\0") || !File.Exists(path))
                return "a file that its manifest names is missing";
            using FileStream file = File.OpenRead(path);
            if (Convert.ToHexStringLower(SHA256.HashData(file)) != sum)
                return $"{name} does not match its checksum in {FileName}";
        }
        return null;
    }

    static string Sum(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
