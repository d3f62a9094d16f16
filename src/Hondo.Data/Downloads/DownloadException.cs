namespace Hondo.Data;

/// <summary>A file that could not be downloaded. The message says what each mirror did.</summary>
public sealed class DownloadException : Exception
{
    /// <summary>No message: prefer the others.</summary>
    public DownloadException() { }

    /// <summary>An error with a message.</summary>
    public DownloadException(string message) : base(message) { }

    /// <summary>An error with a message and its cause.</summary>
    public DownloadException(string message, Exception inner) : base(message, inner) { }
}
