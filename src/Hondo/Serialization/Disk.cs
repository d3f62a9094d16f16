using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Hondo.Serialization;

/// <summary>
/// The five things that a durable write asks of a disk; tests put a failing or a forgetful one in its place.
/// </summary>
interface IDisk
{
    /// <summary>Makes a file that does not exist yet.</summary>
    Stream Create(string path);

    /// <summary>Returns when everything written is on the disk.</summary>
    void Flush(Stream file);

    /// <summary>Gives a file a name, in place of the file that has it.</summary>
    void Rename(string from, string to);

    /// <summary>Returns when the names in a folder are on the disk.</summary>
    void FlushFolder(string folder);

    /// <summary>Removes a file if there is one.</summary>
    void Delete(string path);
}

/// <summary>
/// The real disk. On Linux .NET 10's own <c>Flush(flushToDisk: true)</c> was seen to swallow every error of fsync, and
/// .NET cannot open a folder at all, hence the calls to the C library.
/// </summary>
sealed partial class Disk : IDisk
{
    const int Interrupted = 4, InvalidArgument = 22;

    public static Disk Instance { get; } = new();

    public Stream Create(string path) =>
        new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);

    public void Flush(Stream file)
    {
        file.Flush();
        SafeFileHandle handle = ((FileStream)file).SafeFileHandle;
        if (OperatingSystem.IsWindows())
            RandomAccess.FlushToDisk(handle);
        else
            Check(Repeat(static handle => FlushFile(handle), handle));
    }

    public void Rename(string from, string to)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(to))
            File.SetUnixFileMode(from, File.GetUnixFileMode(to));
        File.Move(from, to, overwrite: true);
    }

    public void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        nint stream = OpenFolder(folder);
        Check(stream == 0 ? Marshal.GetLastPInvokeError() : 0);
        int error = Repeat(static stream => FlushFolderHandle(FolderHandle(stream)), stream);
        _ = CloseFolder(stream);
        // Some network disks know no flush of a folder and say so; then there is nothing more to do.
        Check(error == InvalidArgument ? 0 : error);
    }

    public void Delete(string path)
    {
        if (File.Exists(path))
            File.Delete(path);
    }

    static int Repeat<T>(Func<T, int> flush, T handle)
    {
        while (flush(handle) != 0)
            if (Marshal.GetLastPInvokeError() is not Interrupted and var error)
                return error;
        return 0;
    }

    static void Check(int error)
    {
        if (error != 0)
            throw new IOException($"the disk reports: {new Win32Exception(error).Message}", error);
    }

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FlushFile(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FlushFolderHandle(int handle);

    [LibraryImport("libc", EntryPoint = "opendir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenFolder(string path);

    [LibraryImport("libc", EntryPoint = "dirfd")]
    private static partial int FolderHandle(nint stream);

    [LibraryImport("libc", EntryPoint = "closedir")]
    private static partial int CloseFolder(nint stream);
}
