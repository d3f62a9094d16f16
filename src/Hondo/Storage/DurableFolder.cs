namespace Hondo.Storage;

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
