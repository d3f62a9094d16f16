using System.Text;

namespace Hondo.Data;

/// <summary>Reads pictures. The content decides what a file is, not its name.</summary>
public static class ImageFile
{
    /// <summary>The largest file that is read.</summary>
    public const int MostBytes = 1 << 28;

    static readonly string[] Endings = [".png", ".jpg", ".jpeg"];

    /// <summary>True when the name is that of a picture that can be read: .png, .jpg or .jpeg.</summary>
    public static bool IsNamedLikeOne(string path) =>
        Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a PNG or JPEG file.</summary>
    /// <exception cref="DataFormatException">It is neither, or damaged, or larger than <see cref="Image.MostPixels"/>.
    /// </exception>
    public static Image Read(string path) => Decode(ReadBytes(path), path);

    /// <summary>Decodes the bytes of a PNG or JPEG file; their content is lost.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="DataFormatException">It is neither, or damaged, or too large.</exception>
    public static Image Decode(byte[] bytes, string name) =>
        PngFile.IsPng(bytes) ? PngFile.Decode(bytes, name)
        : JpegFile.IsJpeg(bytes) ? JpegFile.Decode(bytes, name)
        : throw new DataFormatException(name, "offset 0", $"this is neither PNG nor JPEG: it {StartOf(bytes)}",
            "Convert the picture to PNG or JPEG, or take the file away.");

    static byte[] ReadBytes(string path)
    {
        using FileStream file = DataFile.Open(path, "a picture");
        if (file.Length > MostBytes)
            throw new DataFormatException(path, "", $"the file has {file.Length >> 20} MiB, and pictures of at most "
                + $"{MostBytes >> 20} MiB are read", "Make the picture smaller.");
        var bytes = new byte[file.Length];
        int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
            if (b is (< (byte)' ' or > (byte)'~') and not ((byte)'\n' or (byte)'\r' or (byte)'\t'))
                return false;
        return true;
    }

    static string StartOf(byte[] bytes)
    {
        ReadOnlySpan<byte> start = bytes.AsSpan(0, Math.Min(bytes.Length, 12));
        return start.IsEmpty ? "is empty"
            : start.StartsWith("GIF8"u8) ? "is a GIF"
            : start.StartsWith("BM"u8) ? "is a BMP"
            : start.Length >= 12 && start[..4].SequenceEqual("RIFF"u8) && start[8..].SequenceEqual("WEBP"u8)
                ? "is a WebP"
            : IsText(start) ? $"is text, \"{Encoding.ASCII.GetString(start).Trim().ReplaceLineEndings(" ")}…\""
            : $"starts with {Convert.ToHexStringLower(start)}";
    }
}
