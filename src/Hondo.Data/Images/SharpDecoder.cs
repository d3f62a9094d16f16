using System.Runtime.InteropServices;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using Sharp = SixLabors.ImageSharp;

namespace Hondo.Data;

/// <summary>What Skia cannot read: TIFF, and PNG of 16 bits a channel. Both are without loss, so the same everywhere.
/// </summary>
static class SharpDecoder
{
    // TIFF may have any depth to 32 bits: more than 8 becomes 16.
    readonly record struct Kind(int Height, int Width, int Channels, bool IsDeep);

    // Behind the signature (8), length and name of the header (8), sizes (8), depth, colours, compression, filter (4).
    const int InterlaceAt = 28;

    static readonly Sharp.Configuration Formats = new(new PngConfigurationModule(), new TiffConfigurationModule());

    static SharpDecoder()
    {
        Formats.ImageFormatsManager.SetDecoder(TiffFormat.Instance,
            new TiffDecoder { DecodingMode = FrameDecodingMode.First });
        Formats.MaxDegreeOfParallelism = 1;
    }

    public static ImageHeader Header(ReadOnlySpan<byte> bytes, string name)
    {
        byte[] copy = bytes.ToArray();
        return Guard(name, () =>
        {
            Kind kind = Identify(copy, name);
            return new ImageHeader(kind.Height, kind.Width, kind.Channels < 3, kind.IsDeep);
        });
    }

    public static Image Decode(ReadOnlySpan<byte> bytes, string name)
    {
        bool isPng = bytes[0] == 0x89;
        // ImageSharp fills what is missing in a PNG in silence; Skia tells.
        if (isPng)
            _ = SkiaDecoder.Decode(bytes, name);
        byte[] copy = bytes.ToArray();
        Kind kind = Guard(name, () => Identify(copy, name));
        // Interlaced and so small that one of the seven passes is empty, such a picture is never done being read.
        if (isPng && copy[InterlaceAt] == 1 && (kind.Width < 5 || kind.Height < 5))
            throw new DataFormatException(name, "", "an interlaced PNG of 16 bits must be 5×5 or larger",
                "Save it without interlacing.");
        return Guard(name, () => Decode(copy, kind));
    }

    static Image Decode(byte[] bytes, Kind kind) => (kind.IsDeep, kind.Channels) switch
    {
        (true, 1) => Deep<L16>(bytes, 1),
        (true, 2) => Deep<La32>(bytes, 2),
        (true, 3) => Deep<Rgb48>(bytes, 3),
        (true, _) => Deep<Rgba64>(bytes, 4),
        (false, 1) => Plain<L8>(bytes, 1),
        (false, 2) => Plain<La16>(bytes, 2),
        (false, 3) => Plain<Rgb24>(bytes, 3),
        _ => Plain<Rgba32>(bytes, 4),
    };

    static Image Plain<T>(byte[] bytes, int channels) where T : unmanaged, IPixel<T>
    {
        using Sharp.Image<T> image = Load<T>(bytes);
        var pixels = new byte[image.Height * image.Width * channels];
        image.CopyPixelDataTo(pixels);
        return new(pixels, image.Height, image.Width, channels);
    }

    static Image Deep<T>(byte[] bytes, int channels) where T : unmanaged, IPixel<T>
    {
        using Sharp.Image<T> image = Load<T>(bytes);
        var pixels = new ushort[image.Height * image.Width * channels];
        image.CopyPixelDataTo(MemoryMarshal.AsBytes(pixels.AsSpan()));
        return new(pixels, image.Height, image.Width, channels);
    }

    static Sharp.Image<T> Load<T>(byte[] bytes) where T : unmanaged, IPixel<T>
    {
        Sharp.Image<T> image = Sharp.Image.Load<T>(Formats, (ReadOnlySpan<byte>)bytes);
        image.Mutate(turn => turn.AutoOrient());
        return image;
    }

    static Kind Identify(byte[] bytes, string name)
    {
        Sharp.IImageInfo info = Sharp.Image.Identify(Formats, bytes, out _)
            ?? throw new Sharp.InvalidImageContentException("there is no header");
        if (info.Width < 1 || info.Height < 1 || (long)info.Width * info.Height > Image.MostPixels)
            throw SkiaDecoder.TooLarge(name, info.Width, info.Height);
        return bytes[0] == 0x89 ? Png(info) : Tiff(info);
    }

    static Kind Png(Sharp.IImageInfo info)
    {
        PngMetadata png = info.Metadata.GetFormatMetadata(PngFormat.Instance);
        // Its key would be lost in silence.
        if (png is { BitDepth: PngBitDepth.Bit16, HasTransparency: true })
            throw new Sharp.InvalidImageContentException("16 bits with a transparent colour are not read: use alpha");
        int channels = png.ColorType switch
        {
            PngColorType.Grayscale => png.HasTransparency ? 2 : 1,
            PngColorType.GrayscaleWithAlpha => 2,
            PngColorType.Rgb => png.HasTransparency ? 4 : 3,
            _ => 4,
        };
        return new(info.Height, info.Width, channels, png.BitDepth == PngBitDepth.Bit16);
    }

    static Kind Tiff(Sharp.IImageInfo info)
    {
        // How many bits each channel has is told by the whole only: 1, 8, 16, 24, 32 (grey or colours), 48, 64 ...
        int bits = info.PixelType.BitsPerPixel;
        return new(info.Height, info.Width, bits is 24 or 32 or > 36 ? 3 : 1, bits is > 8 and not (24 or 32));
    }

    // The reader throws whatever a damaged file leads it to.
    static T Guard<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not (OutOfMemoryException or DataFormatException))
        {
            throw new DataFormatException(name, "", "the picture is damaged, cut off, or of a rare kind "
                + $"({e.Message.ReplaceLineEndings(" ").TrimEnd('.')})", "Fetch or write the file again, or convert it "
                + "to PNG.", e);
        }
    }
}
