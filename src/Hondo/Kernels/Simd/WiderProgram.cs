using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hondo.Kernels;

/// <summary>
/// A program compiled ahead of time for 256 bits carries itself, compiled for 512, behind its own end (see
/// buildTransitive/Hondo.targets). On a processor that has them the wider one takes the place of the narrower before
/// Main begins: same process, arguments, environment and files, and the folder of the program stays what it was.
/// </summary>
static unsafe partial class WiderProgram
{
    // Linux' own numbers. A kernel before 6.3 does not know the second flag, and needs none.
    const int CloseOnExecute = 1, Executable = 16, SetName = 15;
    const string Origin = "HONDO_STARTED_FROM", Self = "/proc/self/exe";

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Nothing of the program may have happened yet.")]
    internal static void Start()
    {
        if (RuntimeFeature.IsDynamicCodeSupported || !OperatingSystem.IsLinux())
            return;
        if (Environment.GetEnvironmentVariable(Origin) is { } origin)
            TakeOver(origin.Split(':', 2));
        else if (RegisterWidth.Used < RegisterWidth.OfProcessor)
            TryReplace();
    }

    /// <summary>Where an ELF file of 64 bits ends by its own account: behind its table of sections; 0 for any other.
    /// </summary>
    internal static long EndOf(ReadOnlySpan<byte> header) =>
        header.Length >= 64 && header[..5].SequenceEqual("\u007fELF\u0002"u8)
            ? BinaryPrimitives.ReadInt64LittleEndian(header[40..])
                + BinaryPrimitives.ReadUInt16LittleEndian(header[58..])
                * BinaryPrimitives.ReadUInt16LittleEndian(header[60..])
            : 0;

    // The wider program lies in memory; what lies beside the file is looked for where the file was.
    static void TakeOver(string[] origin)
    {
        Environment.SetEnvironmentVariable(Origin, null);
        if (origin is not [var process, var path]
            || process != Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
            return;
        AppContext.SetData("APP_CONTEXT_BASE_DIRECTORY", Path.GetDirectoryName(path) + "/");
        _ = SetProcess(SetName, Path.GetFileName(path));
    }

    // Whatever fails, the narrower program goes on, with an advice at the first step.
    static void TryReplace()
    {
        try
        {
            if (File.ResolveLinkTarget(Self, returnFinalTarget: false)?.FullName is not { } path)
                return;
            using FileStream file = File.OpenRead(Self);
            var header = new byte[64];
            file.ReadExactly(header);
            file.Position = EndOf(header);
            if (file.Position < header.Length || file.Length - file.Position < header.Length)
                return;
            int memory = CreateMemory(Path.GetFileName(path), CloseOnExecute | Executable);
            if (memory < 0)
                memory = CreateMemory(Path.GetFileName(path), CloseOnExecute);
            if (memory < 0)
                return;
            string place = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{memory}");
            using (FileStream copy = File.OpenWrite(place))
                file.CopyTo(copy, 1 << 20);
            Execute(place, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}:{path}"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    // Returns only when it fails.
    static void Execute(string place, string origin)
    {
        byte[] words = File.ReadAllBytes("/proc/self/cmdline");
        fixed (byte* first = words)
        {
            List<nint> arguments = [];
            for (int start = 0; start < words.Length; start += words.AsSpan(start).IndexOf((byte)0) + 1)
                arguments.Add((nint)(first + start));
            arguments.Add(0);
            fixed (nint* list = CollectionsMarshal.AsSpan(arguments))
                if (SetVariable(Origin, origin, 1) == 0 && Replace(place, list) != 0)
                    _ = RemoveVariable(Origin);
        }
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateMemory(string name, int flags);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RemoveVariable(string name);

    [LibraryImport("libc", EntryPoint = "prctl", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetProcess(int what, string name);

    [LibraryImport("libc", EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Replace(string path, nint* arguments);
}
