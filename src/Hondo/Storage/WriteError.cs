namespace Hondo.Storage;

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
