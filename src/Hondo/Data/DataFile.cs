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
        FileStream stream = OpenExisting(path, kind);
        if (stream.CanSeek && stream.Length > 0)
            return stream;
        bool isRegular = stream.CanSeek;
        stream.Dispose();
        throw isRegular
            ? new DataFormatException(path, "", $"the file is empty, but {kind} was expected",
                "Fetch or write it again.")
            : new DataFormatException(path, "", $"this is a device or a pipe, but {kind} was expected",
                "Name a regular file.");
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
