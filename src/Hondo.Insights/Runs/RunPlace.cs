using System.Globalization;
using System.Text.Json;

namespace Hondo.Insights;

/// <summary>
/// A run folder that one training has for itself: a file in it is locked by the system for as long as its process
/// lives, however it ends. Who only reads the run is not kept out.
/// </summary>
public sealed class RunPlace : IDisposable
{
    /// <summary>The name of the file that is locked; it stays, and is nothing to copy.</summary>
    public const string LockName = ".lock";

    const string Record = "run.json";

    readonly FileStream _held;

    RunPlace(FileStream held) => _held = held;

    /// <summary>Takes the folder of a new run; it is made when there is none.</summary>
    /// <exception cref="IOException">Another training has it or had it, or it cannot be written; nothing was changed.
    /// </exception>
    internal static RunPlace TakeNew(string path)
    {
        RunPlace place = Take(path);
        // While this training prepared itself, another one may have come first and be done.
        if (!File.Exists(Path.Combine(path, Record)))
            return place;
        place.Dispose();
        throw Taken(path);
    }

    /// <summary>Takes the folder of a run that goes on.</summary>
    /// <exception cref="IOException">Another training has it or went on with it, or it cannot be written; nothing was
    /// changed.</exception>
    internal static RunPlace TakeAgain(string path, RunCheckpoint resume)
    {
        RunPlace place = Take(path);
        if (Path.GetFileName(resume.Latest)
            == Path.GetFileName(new CheckpointFolder(RunFolder.CheckpointsOf(path)).Newest()))
            return place;
        place.Dispose();
        throw new IOException($"Another process went on with the run {path} meanwhile. Nothing was changed. Start the "
            + "same command again.");
    }

    /// <summary>Makes sure that a new run overwrites nothing.</summary>
    /// <exception cref="IOException">The folder holds something.</exception>
    internal static void CheckNew(string path)
    {
        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))
            throw Taken(path);
    }

    static IOException Taken(string path) => new($"The run folder {path} exists already and holds something: a run "
        + "never overwrites another. Choose another folder, delete this one, or go on with its run: --resume.");

    static RunPlace Take(string path)
    {
        DurableFolder.Create(path);
        try
        {
            return new(Open(path, FileMode.OpenOrCreate));
        }
        catch (IOException error) when (IsHeld(path))
        {
            throw InUse(path, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw WriteError.Describe(path, path, error, isReplaced: false);
        }
    }

    /// <summary>Makes sure that no training has the folder at this moment.</summary>
    /// <exception cref="IOException">One has; the message says who, since when, and what to do.</exception>
    public static void CheckFree(string path)
    {
        if (IsHeld(path))
            throw InUse(path, null);
    }

    /// <summary>True while a process has the folder for its training; null when nothing tells.</summary>
    internal static bool? IsAlive(string path) =>
        File.Exists(Path.Combine(path, LockName)) ? IsHeld(path) : null;

    // No permission is another trouble, told when something is written.
    static bool IsHeld(string path)
    {
        if (!File.Exists(Path.Combine(path, LockName)))
            return false;
        try
        {
            using (Open(path, FileMode.Open))
                return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return IsSharingViolation(error);
        }
    }

    // EWOULDBLOCK of Linux and of macOS, and Windows' ERROR_SHARING_VIOLATION.
    static bool IsSharingViolation(Exception error) => (error.HResult & 0xFFFF) is 11 or 35 or 32;

    static FileStream Open(string path, FileMode mode) =>
        new(Path.Combine(path, LockName), mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);

    static IOException InUse(string path, Exception? error)
    {
        (string who, string mend) = Holder(path) is var (process, machine, since)
            ? ($"process {process} on {machine} trains in it since {since}", machine == Environment.MachineName
                ? $"end it (Ctrl-C, or: kill {process})" : "end it there")
            : ("another process trains in it", "end it");
        return new($"The run folder {path} is in use: {who}. Nothing was changed. Wait until that training is done, "
            + $"{mend}, or choose another folder with --run.", error);
    }

    // Right after the start of a training its record is not there yet.
    static (int Process, string Machine, string Since)? Holder(string path)
    {
        try
        {
            using var record = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(path, Record)));
            JsonElement run = record.RootElement;
            return (run.GetProperty("process").GetInt32(), run.GetProperty("machine").GetString()!,
                run.GetProperty("started").GetDateTimeOffset().ToString("yyyy-MM-dd HH:mm:ss",
                    CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException
            or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Others may train in the folder.</summary>
    public void Dispose() => _held.Dispose();
}
