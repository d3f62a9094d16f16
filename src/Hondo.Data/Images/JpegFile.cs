using System.Runtime.InteropServices;

namespace Hondo.Data;

/// <summary>
/// Reads JPEG, baseline and progressive, by libjpeg-turbo's TurboJPEG, which is looked for when the first such file is
/// read. Grey pictures have one channel, all others three; four inks (CMYK) are refused.
/// </summary>
public static class JpegFile
{
    const int Grey = 2, Cmyk = 3, Ycck = 4;

    /// <summary>True when the bytes start as JPEG does.</summary>
    public static bool IsJpeg(ReadOnlySpan<byte> bytes) => bytes is [0xff, 0xd8, 0xff, ..];

    /// <summary>True when TurboJPEG is on this machine.</summary>
    public static bool IsAvailable => TurboJpeg.IsAvailable;

    /// <summary>Decodes a whole file.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="DataFormatException">It is no JPEG, damaged, cut off, of four inks or larger than
    /// <see cref="Image.MostPixels"/>; or TurboJPEG is not on this machine.</exception>
    public static Image Decode(byte[] bytes, string name)
    {
        if (!IsJpeg(bytes))
            throw new DataFormatException(name, "offset 0", "this is no JPEG: its first bytes are others",
                "Name a JPEG file.");
        if (!IsAvailable)
            throw new DataFormatException(name, "", "this is a JPEG, and TurboJPEG, which reads them, is not on this "
                + "machine", $"Install it ({TurboJpeg.Package}), or convert the picture to PNG.");
        nint decoder = TurboJpeg.InitDecompress();
        if (decoder == 0)
            throw new InvalidOperationException("TurboJPEG could not make a decoder: there is not enough memory.");
        try
        {
            return Decode(decoder, bytes, name);
        }
        finally
        {
            _ = TurboJpeg.Destroy(decoder);
        }
    }

    static Image Decode(nint decoder, ReadOnlySpan<byte> bytes, string name)
    {
        if (TurboJpeg.DecompressHeader(decoder, bytes, new CULong((uint)bytes.Length), out int width, out int height,
            out _,
            out int colours) != 0)
            throw Wrong(decoder, name);
        if (width < 1 || height < 1)
            throw new DataFormatException(name, "header", $"it asks for {width}×{height} pixels",
                "Fetch or write the file again.");
        if ((long)width * height > Image.MostPixels)
            throw new DataFormatException(name, "header", $"it asks for {width}×{height} pixels, and pictures of at "
                + $"most {Image.MostText} are read", "Make the picture smaller.");
        if (colours is Cmyk or Ycck)
            throw new DataFormatException(name, "header", "it is printed in four inks (CMYK), which are not read",
                "Convert the picture to RGB.");
        var image = new Image(height, width, colours == Grey ? 1 : 3);
        // A cut is an error too: unlike browsers, nothing fills the rest with grey.
        return TurboJpeg.Decompress(decoder, bytes, new CULong((uint)bytes.Length), image.Pixels, width, 0, height,
            colours == Grey ? TurboJpeg.PixelsGrey : TurboJpeg.PixelsRgb, 0) == 0
            ? image
            : throw Wrong(decoder, name);
    }

    static DataFormatException Wrong(nint decoder, string name)
    {
        string problem = Marshal.PtrToStringUTF8(TurboJpeg.GetError(decoder))?.Trim().TrimEnd('.') ?? "no reason given";
        bool isCut = problem.Contains("Premature end", StringComparison.Ordinal);
        return new(name, "", isCut ? $"the file is truncated ({problem})" : $"the JPEG is damaged ({problem})",
            "Fetch or write the file again.");
    }
}
