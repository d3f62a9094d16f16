using System.Security.Cryptography;
using System.Text;

namespace Hondo.Storage;

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
