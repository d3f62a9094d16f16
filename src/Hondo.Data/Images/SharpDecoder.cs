using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;
using SkiaSharp;
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

    static readonly Sharp.Configuration Formats = new() { MaxDegreeOfParallelism = 1 };

    // Readers without the writers that the modules of the two formats would bring.
    static SharpDecoder()
    {
        // ImageSharp asks for them by their type alone: so a native program has them.
        _ = Enum.GetValues<ExifDataType>();
        Formats.ImageFormatsManager.AddImageFormatDetector(new PngImageFormatDetector());
        Formats.ImageFormatsManager.SetDecoder(PngFormat.Instance, new PngDecoder());
        Formats.ImageFormatsManager.AddImageFormatDetector(new TiffImageFormatDetector());
        Formats.ImageFormatsManager.SetDecoder(TiffFormat.Instance,
            new TiffDecoder { DecodingMode = FrameDecodingMode.First });
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

    // One kind of pixel that holds all others: each more would be all of the readers once more in a native program.
    static Image Decode(byte[] bytes, Kind kind)
    {
        using Sharp.Image<Rgba64> image = Sharp.Image.Load<Rgba64>(Formats, (ReadOnlySpan<byte>)bytes);
        int channels = kind.Channels, shift = kind.IsDeep ? 0 : 8;
        var numbers = new ushort[image.Height * image.Width * channels];
        image.ProcessPixelRows(rows =>
        {
            for (int y = 0, at = 0; y < rows.Height; y++)
                foreach (Rgba64 pixel in rows.GetRowSpan(y))
                {
                    (int red, int green, int blue) = (pixel.R >> shift, pixel.G >> shift, pixel.B >> shift);
                    if (channels < 3)
                        numbers[at++] = (ushort)Luminance(red, green, blue);
                    else
                        (numbers[at], numbers[at + 1], numbers[at + 2], at) =
                            ((ushort)red, (ushort)green, (ushort)blue, at + 3);
                    if (channels is 2 or 4)
                        numbers[at++] = (ushort)(pixel.A >> shift);
                }
        });
        Image picture = kind.IsDeep ? new(numbers, image.Height, image.Width, channels)
            : new(Array.ConvertAll(numbers, number => (byte)number), image.Height, image.Width, channels);
        return SkiaDecoder.Turn(picture, OriginOf(image.Metadata.ExifProfile)
            ?? OriginOf(image.Frames.RootFrame.Metadata.ExifProfile) ?? SKEncodedOrigin.TopLeft);
    }

    // EXIF counts as Skia does.
    static SKEncodedOrigin? OriginOf(ExifProfile? profile) =>
        profile?.GetValue(ExifTag.Orientation)?.Value is >= 1 and <= 8 and var place ? (SKEncodedOrigin)place : null;

    // ITU-R BT.709: grey stays what it was.
    static float Luminance(float red, float green, float blue) =>
        red * 0.2126f + green * 0.7152f + blue * 0.0722f + 0.5f;

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
