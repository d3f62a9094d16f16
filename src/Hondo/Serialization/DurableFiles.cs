using System.Security.Cryptography;
using System.Text;

namespace Hondo.Serialization;

/// <summary>
/// Writes files so that after any interruption, even of the power, each is either the old one or the new one: a
/// temporary file in the same folder is written and forced to the disk, takes the name by one rename, and then the
/// folder is forced to the disk. Every file of Hondo that matters is written here.
/// </summary>
public static class DurableFile
{
    const string TemporaryPrefix = ".hondo-", TemporarySuffix = ".tmp";

    /// <summary>Writes a file.</summary>
    /// <param name="path">Where; its folder exists.</param>
    /// <param name="write">Writes the content. When it throws, the old file stays as it was.</param>
    /// <exception cref="IOException">The file cannot be written; the message says why and how to mend it, and whether
    /// the old file is still there.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, write, Disk.Instance);

    /// <summary>Writes a text file in UTF-8.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    public static void WriteText(string path, string text) =>
        Write(path, file => file.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>
    /// Removes temporary files that a killed process left in a folder. Those that a living process writes are locked
    /// and stay.
    /// </summary>
    /// <returns>How many there were.</returns>
    public static int RemoveLeftovers(string folder)
    {
        int removed = 0;
        foreach (string file in Directory.GetFiles(folder, $"{TemporaryPrefix}*{TemporarySuffix}"))
            removed += TryRemove(file) ? 1 : 0;
        return removed;
    }

    internal static void Write(string path, Action<Stream> write, IDisk disk)
    {
        string target = Path.GetFullPath(path), folder = Path.GetDirectoryName(target) ?? target;
        WriteError.CheckPlace(path, target, folder);
        string name = TemporaryPrefix + RandomNumberGenerator.GetHexString(16) + TemporarySuffix;
        string temporary = Path.Combine(folder, name);
        bool isReplaced = false;
        try
        {
            using (Stream file = disk.Create(temporary))
            {
                write(file);
                disk.Flush(file);
            }
            disk.Rename(temporary, target);
            isReplaced = true;
            disk.FlushFolder(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw WriteError.Describe(path, folder, error, isReplaced);
        }
        finally
        {
            if (!isReplaced)
                disk.Delete(temporary);
        }
    }

    // The writer holds the file open for itself alone: who can open it too finds that its writer is gone.
    static bool TryRemove(string file)
    {
        try
        {
            using (new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                File.Delete(file);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}

/// <summary>Makes folders that are still there after a power failure.</summary>
static class DurableFolder
{
    /// <summary>Makes a folder and those above it that are missing.</summary>
    /// <exception cref="IOException">It cannot be made; the message says why and how to mend it.</exception>
    public static void Create(string path) => Create(path, Disk.Instance);

    public static void Create(string path, IDisk disk)
    {
        string folder = Path.GetFullPath(path);
        if (Directory.Exists(folder))
            return;
        string above = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder)) ?? folder;
        if (above != folder)
            Create(above, disk);
        try
        {
            Directory.CreateDirectory(folder);
            disk.FlushFolder(above);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw WriteError.Describe(path, above, error, isReplaced: false);
        }
    }
}

/// <summary>Says why a file cannot be written, and what to do.</summary>
static class WriteError
{
    // errno of Linux and macOS, and the last 16 bits of Windows' codes.
    const int NoSpace = 28, ReadOnlyDisk = 30, Quota = 122, QuotaOnMac = 69, NoSpaceOnWindows = 112;

    /// <summary>Finds what can be known before anything is written.</summary>
    public static void CheckPlace(string path, string target, string folder)
    {
        if (Directory.Exists(target))
            throw New(path, "this is a folder", "Name a file in it.");
        if (File.Exists(folder))
            throw New(path, $"{folder} is a file, not a folder", "Name a file in a folder.");
        if (!Directory.Exists(folder))
            throw New(path, $"the folder {folder} does not exist", "Create it, or check the path.");
    }

    /// <summary>An error of the disk, told so that it can be mended.</summary>
    public static IOException Describe(string path, string folder, Exception error, bool isReplaced)
    {
        const string OldStays = "The file that was there before, if any, is unchanged.";
        if (isReplaced)
            return New(path, $"the new file is in place, but {Plain(error)}",
                "A power failure could still bring back the old one: check the disk and write it again.", error);
        (string problem, string mend) = error switch
        {
            UnauthorizedAccessException => ($"no permission to write in {folder}", "Choose a folder of yours."),
            PathTooLongException => ("the name is too long", "Choose a shorter one."),
            _ => (error.HResult & 0xFFFF) switch
            {
                NoSpace or NoSpaceOnWindows => ("the disk is full", "Free some space or choose another disk."),
                Quota or QuotaOnMac => ("your share of the disk is used up", "Free some space or choose another disk."),
                ReadOnlyDisk => ("the disk can only be read", "Choose a folder on another disk."),
                _ => (Plain(error), "Check the disk and the path."),
            },
        };
        return New(path, problem, $"{mend} {OldStays}", error);
    }

    static string Plain(Exception error) => error.Message.TrimEnd('.');

    static IOException New(string path, string problem, string mend, Exception? inner = null) =>
        new($"{path} cannot be written: {problem}. {mend}", inner);
}
