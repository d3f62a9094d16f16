using System.Runtime.InteropServices;

namespace Hondo.Data;

/// <summary>The functions of TurboJPEG 1.4 and later (libjpeg-turbo.org), found at run time.</summary>
static partial class TurboJpeg
{
    /// <summary>Pixels of red, green and blue.</summary>
    public const int PixelsRgb = 0;

    /// <summary>Pixels of one grey.</summary>
    public const int PixelsGrey = 6;

    const string Library = "turbojpeg";

    static readonly string[] Names = OperatingSystem.IsWindows() ? ["turbojpeg.dll", "libturbojpeg.dll"]
        : OperatingSystem.IsMacOS() ? ["libturbojpeg.dylib", "libturbojpeg.0.dylib",
            "/opt/homebrew/lib/libturbojpeg.dylib", "/usr/local/lib/libturbojpeg.dylib",
            "/opt/homebrew/opt/jpeg-turbo/lib/libturbojpeg.dylib"]
        : ["libturbojpeg.so.0", "libturbojpeg.so"];

    static readonly Lazy<nint> Handle = new(Load);

    static TurboJpeg() => NativeLibrary.SetDllImportResolver(typeof(TurboJpeg).Assembly,
        static (name, _, _) => name == Library ? Handle.Value : 0);

    /// <summary>True when the library was found.</summary>
    public static bool IsAvailable => Handle.Value != 0;

    /// <summary>What to install.</summary>
    public static string Package => OperatingSystem.IsWindows() ? "libjpeg-turbo's turbojpeg.dll, on the PATH"
        : OperatingSystem.IsMacOS() ? "brew install jpeg-turbo"
        : "apt-get install libturbojpeg0, or your system's libjpeg-turbo";

    static nint Load()
    {
        foreach (string name in Names)
            if (NativeLibrary.TryLoad(name, out nint handle))
                return handle;
        return 0;
    }

    [LibraryImport(Library, EntryPoint = "tjInitDecompress")]
    public static partial nint InitDecompress();

    [LibraryImport(Library, EntryPoint = "tjDecompressHeader3")]
    public static partial int DecompressHeader(nint decoder, ReadOnlySpan<byte> file, CULong length, out int width,
        out int height, out int subsampling, out int colours);

    [LibraryImport(Library, EntryPoint = "tjDecompress2")]
    public static partial int Decompress(nint decoder, ReadOnlySpan<byte> file, CULong length, Span<byte> pixels,
        int width, int pitch, int height, int format, int flags);

    [LibraryImport(Library, EntryPoint = "tjGetErrorStr2")]
    public static partial nint GetError(nint decoder);

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    public static partial int Destroy(nint decoder);
}
