using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hondo.Storage;

/// <summary>
/// A folder of checkpoints, each a folder of its own, <c>000007-step-3400</c>: its files, then manifest.txt with the
/// SHA-256 of each and of itself. One without a whole manifest is none, so that a save that was interrupted at any
/// moment leaves the checkpoint before it in force.
/// </summary>
public sealed class CheckpointFolder
{
    const string ManifestName = "manifest.txt", Title = "hondo checkpoint 1";
    const int LongestManifest = 1 << 16;

    readonly int _keep;
    readonly IDisk _disk;

    /// <summary>A folder of checkpoints; it is made with the first save.</summary>
    /// <param name="path">Where.</param>
    /// <param name="keep">How many of the newest are kept, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="keep"/> is below 1.</exception>
    public CheckpointFolder(string path, int keep = 2) : this(path, keep, Disk.Instance) { }

    internal CheckpointFolder(string path, int keep, IDisk disk)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        (Path, _keep, _disk) = (path, keep, disk);
    }

    /// <summary>Where the checkpoints are.</summary>
    public string Path { get; }

    /// <summary>Writes a checkpoint; when it returns, the checkpoint is on the disk; old ones may be gone.</summary>
    /// <param name="step">The step after which it was made.</param>
    /// <param name="files">The files by name, and what writes each.</param>
    /// <returns>The folder of the checkpoint.</returns>
    /// <exception cref="IOException">It cannot be written; the checkpoints before it are as they were.</exception>
    public string Save(long step, IReadOnlyDictionary<string, Action<Stream>> files)
    {
        Directory.CreateDirectory(Path);
        string[] before = All();
        long number = before.Length == 0 ? 1 : NumberOf(before[0]) + 1;
        string folder = System.IO.Path.Combine(Path, string.Create(CultureInfo.InvariantCulture,
            $"{number:000000}-step-{step}"));
        try
        {
            Directory.CreateDirectory(folder);
            List<(string, string)> sums = [];
            foreach ((string name, Action<Stream> write) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
                sums.Add((name, Write(System.IO.Path.Combine(folder, name), write)));
            byte[] manifest = Encoding.UTF8.GetBytes(Manifest(sums));
            DurableFile.Write(System.IO.Path.Combine(folder, ManifestName), file => file.Write(manifest), _disk);
            Flush();
        }
        catch
        {
            Remove(folder);
            throw;
        }
        RemoveOld(before);
        return folder;
    }

    /// <summary>Finds the newest checkpoint that is whole.</summary>
    /// <param name="skipped">Told of each newer one that is damaged, and why it is.</param>
    /// <returns>Its folder, or null when there is none.</returns>
    public string? FindNewest(Action<string> skipped)
    {
        foreach (string folder in All())
            if (Problem(folder) is not { } problem)
                return folder;
            else if (File.Exists(System.IO.Path.Combine(folder, ManifestName)))
                skipped($"The checkpoint {folder} is damaged: {problem}.");
        return null;
    }

    /// <summary>Removes all but the newest whole one: to make room.</summary>
    /// <returns>How many were removed.</returns>
    public int RemoveAllButNewest()
    {
        string? newest = FindNewest(static _ => { });
        string[] others = [.. All().Where(folder => folder != newest)];
        Array.ForEach(others, Remove);
        return others.Length;
    }

    string Write(string path, Action<Stream> write)
    {
        string sum = "";
        DurableFile.Write(path, file =>
        {
            using var hash = SHA256.Create();
            using (var hashed = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
                write(hashed);
            sum = Convert.ToHexStringLower(hash.Hash!);
        }, _disk);
        return sum;
    }

    void Flush()
    {
        try
        {
            _disk.FlushFolder(Path);
        }
        catch (IOException error)
        {
            throw WriteError.Describe(Path, Path, error, isReplaced: false);
        }
    }

    // Half of those that are to be kept may be what an interrupted save left: only whole ones count.
    void RemoveOld(string[] before)
    {
        int whole = 1;
        foreach (string folder in before)
            if (whole < _keep && File.Exists(System.IO.Path.Combine(folder, ManifestName)))
                whole++;
            else
                Remove(folder);
    }

    // The manifest first: a checkpoint that is removed in part is none, not a damaged one.
    static void Remove(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        File.Delete(System.IO.Path.Combine(folder, ManifestName));
        Directory.Delete(folder, recursive: true);
    }

    // Newest first.
    string[] All() => Directory.Exists(Path)
        ? [.. Directory.GetDirectories(Path, "*-step-*").Where(folder => NumberOf(folder) >= 0)
            .OrderByDescending(NumberOf)]
        : [];

    static long NumberOf(string folder) =>
        long.TryParse(System.IO.Path.GetFileName(folder).Split('-')[0], NumberStyles.None,
            CultureInfo.InvariantCulture, out long number) ? number : -1;

    static string Manifest(IEnumerable<(string Name, string Sum)> files)
    {
        string text = $"# {Title}\n" + string.Concat(files.Select(file => $"{file.Sum}  {file.Name}\n"));
        return $"{text}# {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}\n";
    }

    // A manifest is a function of the files alone: what is written there is compared with what should be.
    static string? Problem(string folder)
    {
        string manifest = System.IO.Path.Combine(folder, ManifestName);
        if (!File.Exists(manifest))
            return "it has no manifest";
        if (new FileInfo(manifest).Length > LongestManifest)
            return "its manifest is too long";
        string text = File.ReadAllText(manifest);
        List<(string, string)> sums = [];
        foreach (string line in text.Split('\n').Where(line => line is [not '#', ..]))
        {
            string name = line.Split("  ")[^1], path = System.IO.Path.Combine(folder, name);
            if (name.AsSpan().ContainsAny("/\\:\0") || !File.Exists(path))
                return "a file that its manifest names is missing";
            using FileStream file = File.OpenRead(path);
            sums.Add((name, Convert.ToHexStringLower(SHA256.HashData(file))));
        }
        return sums.Count > 0 && Manifest(sums) == text ? null : "its files do not match the checksums in its manifest";
    }
}
