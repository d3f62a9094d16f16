using System.Diagnostics;

namespace Hondo.Cli.Tests;

/// <summary>A disk of a few kilobytes, gone afterwards.</summary>
sealed class SmallDisk : IDisposable
{
    SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    public static bool CanBeMounted { get; } = TryMount();

    /// <exception cref="InvalidOperationException">It could not be mounted.</exception>
    public static SmallDisk Mount(string folder, int kilobytes) => Mount(folder, $"size={kilobytes}k");

    /// <exception cref="InvalidOperationException">It could not be mounted.</exception>
    public static SmallDisk MountReadOnly(string folder) => Mount(folder, "size=64k,ro");

    static SmallDisk Mount(string folder, string options)
    {
        Directory.CreateDirectory(folder);
        return Call("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder)
            ? new(folder)
            : throw new InvalidOperationException($"No disk could be mounted at {folder}.");
    }

    public void Dispose() => Call("umount", Folder);

    static bool TryMount()
    {
        string folder = Directory.CreateTempSubdirectory("hondo-disk-").FullName;
        try
        {
            using SmallDisk disk = Mount(folder, 64);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    static bool Call(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
