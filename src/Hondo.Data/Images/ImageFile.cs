using System.Text;

namespace Hondo.Data;

/// <summary>
/// Reads pictures (PNG, JPEG, GIF, BMP, WebP and TIFF; of moving ones and of books the first picture) and writes PNG.
/// The content decides what a file is, not its name. A picture is turned as its EXIF orientation says; colours are the
/// stored numbers, no profile changes them; 16 bits a channel stay 16 (<see cref="Image.Deep"/>). Every processor reads
/// the same bits.
/// </summary>
public static class ImageFile
{
    /// <summary>The largest file that is read.</summary>
    public const int MostBytes = 1 << 28;

    static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".bmp", ".dib", ".webp",
        ".tif", ".tiff"];

    /// <summary>True when the name is that of a picture that can be read: .png, .jpg, .jpeg, .jpe, .jfif, .gif, .bmp,
    /// .dib, .webp, .tif or .tiff, in any capitals.</summary>
    public static bool IsNamedLikeOne(string path) =>
        Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a picture.</summary>
    /// <exception cref="DataFormatException">It is none, or damaged, or larger than <see cref="Image.MostPixels"/>.
    /// </exception>
    public static Image Read(string path) => Decode(ReadBytes(path), path);

    /// <summary>Decodes the bytes of a picture's file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="DataFormatException">It is none, or damaged, or too large.</exception>
    public static Image Decode(ReadOnlySpan<byte> bytes, string name) =>
        IsTiff(bytes) || IsDeepPng(bytes) ? SharpDecoder.Decode(bytes, name)
        : IsReadable(bytes) ? SkiaDecoder.Decode(bytes, name)
        : throw Foreign(bytes, name);

    /// <summary>Reads size and kind of a picture without decoding it.</summary>
    /// <exception cref="DataFormatException">It is none, or its header is damaged, or it is too large.</exception>
    public static ImageHeader ReadHeader(string path) => ReadHeader(ReadBytes(path), path);

    internal static ImageHeader ReadHeader(ReadOnlySpan<byte> bytes, string path) =>
        IsTiff(bytes) ? SharpDecoder.Header(bytes, path)
            : IsReadable(bytes) ? SkiaDecoder.Header(bytes, path) with { IsDeep = IsDeepPng(bytes) }
            : throw Foreign(bytes, path);

    /// <summary>Writes a picture as PNG.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Image image)
    {
        using FileStream file = File.Create(path);
        Write(file, image);
    }

    /// <summary>Writes a picture as PNG.</summary>
    public static void Write(Stream stream, Image image) => SkiaDecoder.WritePng(stream, image);

    /// <summary>True when Skia decodes it: 8 bits a channel.</summary>
    internal static bool IsPlain(ReadOnlySpan<byte> bytes) => !IsTiff(bytes) && !IsDeepPng(bytes) && IsReadable(bytes);

    internal static byte[] ReadBytes(string path) => ReadBytes(path, static length => new byte[length]).ToArray();

    internal static ReadOnlySpan<byte> ReadBytes(string path, Func<int, byte[]> room)
    {
        using FileStream file = DataFile.Open(path, "a picture");
        if (file.Length > MostBytes)
            throw new DataFormatException(path, "", $"the file has {file.Length >> 20} MiB, and pictures of at most "
                + $"{MostBytes >> 20} MiB are read", "Make the picture smaller.");
        int length = (int)file.Length;
        byte[] bytes = room(length);
        return bytes.AsSpan(0, file.ReadAtLeast(bytes.AsSpan(0, length), length, throwOnEndOfStream: false));
    }

    static bool IsReadable(ReadOnlySpan<byte> bytes) => IsPng(bytes) || bytes is [0xff, 0xd8, 0xff, ..]
        || bytes.StartsWith("GIF8"u8) || bytes.StartsWith("BM"u8)
        || (bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8));

    static bool IsPng(ReadOnlySpan<byte> bytes) => bytes is [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, ..];

    // The 25th byte of a PNG says how many bits a channel has.
    static bool IsDeepPng(ReadOnlySpan<byte> bytes) => IsPng(bytes) && bytes.Length > 24 && bytes[24] == 16;

    static bool IsTiff(ReadOnlySpan<byte> bytes) =>
        bytes is [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..];

    static DataFormatException Foreign(ReadOnlySpan<byte> bytes, string name) => new(name, "offset 0",
        $"this is no picture that can be read: it {StartOf(bytes)}",
        "Convert it to PNG or JPEG, or take the file away.");

    static string StartOf(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> start = bytes[..Math.Min(bytes.Length, 12)];
        return start.IsEmpty ? "is empty"
            : start.Length == 12 && start[4..].StartsWith("ftyphei"u8) ? "is a HEIC"
            : start.Length == 12 && start[4..].StartsWith("ftypavi"u8) ? "is an AVIF"
            : IsText(start) ? $"is text, \"{Encoding.ASCII.GetString(start).Trim().ReplaceLineEndings(" ")}…\""
            : $"starts with {Convert.ToHexStringLower(start)}";
    }

    static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
            if (b is (< (byte)' ' or > (byte)'~') and not ((byte)'\n' or (byte)'\r' or (byte)'\t'))
                return false;
        return true;
    }
}

/// <summary>What a picture's file says about it before it is decoded.</summary>
/// <param name="Height">Rows, as it is shown.</param>
/// <param name="Width">Columns, as it is shown.</param>
/// <param name="IsGrey">True for a picture without colours.</param>
/// <param name="IsDeep">True for 16 bits a channel.</param>
public readonly record struct ImageHeader(int Height, int Width, bool IsGrey, bool IsDeep);
