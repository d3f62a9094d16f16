namespace Hondo.Data;

/// <summary>Opens files of data, and says in one clear error why one cannot be opened.</summary>
public static class DataFile
{
    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What is expected there, for the error: <c>an IDX file</c>.</param>
    /// <exception cref="DataFormatException">It is missing, a folder, empty, or may not be read.</exception>
    public static FileStream Open(string path, string kind)
    {
        if (Directory.Exists(path))
            throw new DataFormatException(path, "", $"this is a folder, but {kind} was expected",
                "Name a file inside it.");
        // Opening a pipe waits for who writes into it. Pipes and devices have no length, so they are not opened.
        if (LengthOf(path) == 0)
            throw new DataFormatException(path, "", $"the file is empty, but {kind} was expected (a pipe or a device "
                + "is empty too)", "Fetch or write it again, or name a regular file.");
        FileStream stream = OpenExisting(path, kind);
        if (stream.CanSeek && stream.Length > 0)
            return stream;
        stream.Dispose();
        throw new DataFormatException(path, "", $"this is a device or a pipe, but {kind} was expected",
            "Name a regular file.");
    }

    static long LengthOf(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
                file = target;
            return file.Exists ? file.Length : -1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Opening it says what is wrong.
            return -1;
        }
    }

    static FileStream OpenExisting(string path, string kind)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataFormatException(path, "", "there is no such file", "Check the path.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DataFormatException(path, "", $"no permission to read {kind} there",
                "Change the file's permissions, or copy it to a folder of yours.", e);
        }
        catch (IOException e)
        {
            throw new DataFormatException(path, "", $"{kind} cannot be opened there ({e.Message.TrimEnd('.')})",
                "Check the disk and the path.", e);
        }
    }
}

/// <summary>
/// A file or a table that cannot be read as data. The message is one line: the file, the place in it, what is wrong
/// there and how to mend it.
/// </summary>
public sealed class DataFormatException : Exception
{
    /// <summary>An error at a place in a file.</summary>
    /// <param name="file">The file's path, or the data set's name.</param>
    /// <param name="place">Where in it: <c>line 12</c>, <c>offset 4</c>, <c>row 7, column "age"</c>; empty for all of
    /// it.</param>
    /// <param name="problem">What is wrong, as a sentence without its full stop.</param>
    /// <param name="mend">How to mend it, as a sentence.</param>
    /// <param name="inner">The error behind it.</param>
    public DataFormatException(string file, string place, string problem, string mend, Exception? inner = null)
        : base($"{file}{(place.Length > 0 ? $", {place}" : "")}: {problem}. {mend}", inner) =>
        (File, Place, Problem, Mend) = (file, place, problem, mend);

    /// <summary>No place: prefer the constructor with one.</summary>
    public DataFormatException() { }

    /// <summary>A message only: prefer the constructor with file and place.</summary>
    public DataFormatException(string message) : base(message) { }

    /// <summary>A message and its cause: prefer the constructor with file and place.</summary>
    public DataFormatException(string message, Exception inner) : base(message, inner) { }

    /// <summary>The file's path, or the data set's name.</summary>
    public string File { get; } = "";

    /// <summary>Where in the file; empty for all of it.</summary>
    public string Place { get; } = "";

    /// <summary>What is wrong.</summary>
    public string Problem { get; } = "";

    /// <summary>How to mend it.</summary>
    public string Mend { get; } = "";
}
