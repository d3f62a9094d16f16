using System.Globalization;
using System.Security.Cryptography;

namespace Hondo.Serialization;

/// <summary>
/// A folder of checkpoints, each a folder of its own, <c>000007-step-3400</c>: its files, then manifest.txt with the
/// SHA-256 of each and of itself. One without a whole manifest is none, so that a save that was interrupted at any
/// moment leaves the checkpoint before it in force.
/// </summary>
public sealed class CheckpointFolder
{
    readonly int _keep;
    readonly IDisk _disk;
    bool _isMade;

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
        Make();
        string[] before = Try(All);
        long number = before.Length == 0 ? 1 : NumberOf(before[0]) + 1;
        string folder = System.IO.Path.Combine(Path, string.Create(CultureInfo.InvariantCulture,
            $"{number:000000}-step-{step}"));
        try
        {
            Try(() => Directory.CreateDirectory(folder));
            List<(string, string)> sums = [];
            foreach ((string name, Action<Stream> write) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
                sums.Add((name, Write(System.IO.Path.Combine(folder, name), write)));
            byte[] manifest = CheckpointManifest.Of(sums);
            DurableFile.Write(CheckpointManifest.PathIn(folder), file => file.Write(manifest), _disk);
            Try(() =>
            {
                _disk.FlushFolder(Path);
                return true;
            });
        }
        catch
        {
            // What cannot be removed has no manifest, and goes with the next save; the first error is the one to tell.
            Problem(() => Remove(folder));
            throw;
        }
        RemoveOld(before);
        return folder;
    }

    /// <summary>Removes what saves that were interrupted left; it is no checkpoint.</summary>
    /// <returns>How many there were.</returns>
    public int RemoveUnfinished()
    {
        string[] unfinished = [.. AllIfAny().Where(folder => !CheckpointManifest.IsIn(folder))];
        Array.ForEach(unfinished, Remove);
        return unfinished.Length;
    }

    /// <summary>Finds the newest checkpoint that is whole.</summary>
    /// <param name="skipped">Told of each newer one that is damaged, and why it is.</param>
    /// <returns>Its folder, or null when there is none.</returns>
    public string? FindNewest(Action<string> skipped)
    {
        foreach (string folder in AllIfAny())
            if (CheckpointManifest.Problem(folder) is not { } problem)
                return folder;
            else if (CheckpointManifest.IsIn(folder))
                skipped($"The checkpoint {folder} is damaged: {problem}.");
        return null;
    }

    /// <summary>The newest checkpoint that was finished, damaged or not; null when there is none.</summary>
    internal string? Newest() => AllIfAny().FirstOrDefault(CheckpointManifest.IsIn);

    /// <summary>Removes all but the newest whole one: to make room.</summary>
    /// <returns>How many were removed.</returns>
    public int RemoveAllButNewest()
    {
        string? newest = FindNewest(static _ => { });
        string[] others = [.. AllIfAny().Where(folder => folder != newest)];
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

    // Made once: where a disk vanished under a training, its folder must not come back on another disk.
    void Make()
    {
        if (_isMade)
            WriteError.CheckPlace(Path, System.IO.Path.Combine(Path, "new"), Path);
        else
            DurableFolder.Create(Path, _disk);
        _isMade = true;
    }

    T Try<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw WriteError.Describe(Path, Path, error, isReplaced: false);
        }
    }

    // Half of those that are to be kept may be what an interrupted save left: only whole ones count.
    void RemoveOld(string[] before)
    {
        int whole = 1;
        foreach (string folder in before)
            if (whole < _keep && CheckpointManifest.IsIn(folder))
                whole++;
            else if (Problem(() => Remove(folder)) is { } error)
                throw new IOException($"The new checkpoint is whole, but the old one {folder} cannot be removed: "
                    + $"{error.Message.TrimEnd('.')}. Check the disk, and remove it by hand.", error);
    }

    static Exception? Problem(Action act)
    {
        try
        {
            act();
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error;
        }
    }

    // The manifest first: a checkpoint that is removed in part is none, not a damaged one.
    static void Remove(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        File.Delete(CheckpointManifest.PathIn(folder));
        Directory.Delete(folder, recursive: true);
    }

    string[] AllIfAny() => Directory.Exists(Path) ? All() : [];

    // Newest first.
    string[] All() => [.. Directory.GetDirectories(Path, "*-step-*").Where(folder => NumberOf(folder) >= 0)
        .OrderByDescending(NumberOf)];

    static long NumberOf(string folder) =>
        long.TryParse(System.IO.Path.GetFileName(folder).Split('-')[0], NumberStyles.None,
            CultureInfo.InvariantCulture, out long number) ? number : -1;
}
