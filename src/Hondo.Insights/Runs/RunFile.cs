using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Hondo.Insights;

/// <summary>
/// Opens the files of a run folder, which may be anybody's: only regular files, no links, no more than so many bytes.
/// A pipe or a device is refused without waiting for it.
/// </summary>
public static partial class RunFile
{
    /// <summary>What run.json and config.json are at most; a larger file is none of Hondo's.</summary>
    public const int MostRecordBytes = 1 << 20;

    // A thousand nested brackets are no run's, and cost a reader its stack.
    static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 16 };

    /// <summary>Opens a file for reading while another process may lengthen it.</summary>
    /// <exception cref="IOException">It is missing, a link, a folder, or no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream Open(string path)
    {
        var info = new FileInfo(path);
        if (info.LinkTarget is not null)
            throw new IOException("it is a link");
        if (!info.Exists)
            throw Directory.Exists(path) ? new IOException("it is a folder")
                : new FileNotFoundException("it is missing", path);
        FileStream file = OperatingSystem.IsWindows()
            ? new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1)
            : new(OpenAtOnce(path), FileAccess.Read, bufferSize: 1);
        if (file.CanSeek && File.GetAttributes(file.SafeFileHandle) is var kind && (kind & FileAttributes.Device) == 0)
            return file;
        file.Dispose();
        throw new IOException("it is no regular file");
    }

    /// <summary>All bytes of a file.</summary>
    /// <exception cref="IOException">It is no regular file, or larger than allowed.</exception>
    public static byte[] Read(string path, long most)
    {
        using FileStream file = Open(path);
        if (file.Length > most)
            throw new IOException(string.Create(CultureInfo.InvariantCulture,
                $"it has {file.Length:N0} bytes; more than {most:N0} are none of a run's"));
        var bytes = new byte[file.Length];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length == bytes.Length ? bytes : bytes[..length];
    }

    /// <summary>A file that is one JSON object.</summary>
    /// <exception cref="IOException">It is no regular file, or too large.</exception>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static JsonDocument ReadObject(string path)
    {
        JsonDocument json = JsonDocument.Parse(Read(path, MostRecordBytes), Shallow);
        if (json.RootElement.ValueKind == JsonValueKind.Object)
            return json;
        json.Dispose();
        throw new JsonException("it is no JSON object");
    }

    /// <summary>True for what reading a stranger's file may throw: the run is broken, not the program.</summary>
    public static bool IsOfTheFile(Exception error) => error is IOException or UnauthorizedAccessException
        or JsonException or InvalidOperationException or FormatException or ArgumentException or OverflowException;

    /// <summary>Why a file cannot be read, in few words.</summary>
    public static string Reason(Exception error) => error switch
    {
        JsonException { LineNumber: { } line } =>
            string.Create(CultureInfo.InvariantCulture, $"line {line + 1} is no JSON"),
        // What is neither UTF-8 nor half of a pair of surrogates.
        InvalidOperationException or ArgumentException => "it holds text that is no Unicode",
        _ => error.Message.TrimEnd('.'),
    };

    // Without O_NONBLOCK the opening of a pipe waits until somebody writes into it.
    static SafeFileHandle OpenAtOnce(string path)
    {
        int flags = OperatingSystem.IsMacOS() ? 0x4 | 0x1000000 : 0x800 | 0x80000;
        int handle = Open(path, flags);
        return handle >= 0 ? new(handle, ownsHandle: true)
            : throw new IOException(Marshal.GetLastPInvokeErrorMessage());
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
