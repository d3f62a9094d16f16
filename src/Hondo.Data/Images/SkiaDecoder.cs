using SkiaSharp;

namespace Hondo.Data;

/// <summary>Pictures of 8 bits a channel by Skia, whose JPEG decoder counts in whole numbers: the same bits on every
/// processor (docs/decisions/0014).</summary>
static class SkiaDecoder
{
    const string FetchAgain = "Fetch or write the file again.";

    public static unsafe ImageHeader Header(ReadOnlySpan<byte> bytes, string name)
    {
        fixed (byte* start = bytes)
        {
            using SKData data = SKData.Create((nint)start, bytes.Length);
            using SKCodec codec = Open(data, bytes, name);
            (int height, int width) = (codec.Info.Height, codec.Info.Width);
            // Without its end mark a JPEG was cut: to see it costs no decoding.
            if (codec.EncodedFormat == SKEncodedImageFormat.Jpeg && bytes.LastIndexOf((byte[])[0xff, 0xd9]) < 0)
                throw Truncated(name);
            return new(IsTurned(codec.EncodedOrigin) ? width : height, IsTurned(codec.EncodedOrigin) ? height : width,
                Channels(codec, bytes) < 3, IsDeep: false);
        }
    }

    public static unsafe Image Decode(ReadOnlySpan<byte> bytes, string name)
    {
        fixed (byte* start = bytes)
        {
            using SKData data = SKData.Create((nint)start, bytes.Length);
            using SKCodec codec = Open(data, bytes, name);
            PixelRows rows = RowsOf(codec, bytes);
            var pixels = new byte[(long)rows.Height * rows.Width * rows.Step];
            Decode(codec, rows, pixels, name);
            byte[] packed = new byte[rows.Height * rows.Width * rows.Channels];
            rows.Pack(pixels, packed);
            return Turn(new(packed, rows.Height, rows.Width, rows.Channels), codec.EncodedOrigin);
        }
    }

    /// <summary>Decodes into memory that is used again; false for a picture of other channels, or to be turned.
    /// </summary>
    public static unsafe bool TryDecode(ReadOnlySpan<byte> bytes, string name, int channels, PictureRoom room,
        out PixelRows rows)
    {
        fixed (byte* start = bytes)
        {
            using SKData data = SKData.Create((nint)start, bytes.Length);
            using SKCodec codec = Open(data, bytes, name);
            rows = RowsOf(codec, bytes);
            if (rows.Channels != channels || codec.EncodedOrigin != SKEncodedOrigin.TopLeft)
                return false;
            Decode(codec, rows, room.Decoded(rows), name);
            return true;
        }
    }

    static PixelRows RowsOf(SKCodec codec, ReadOnlySpan<byte> bytes)
    {
        int channels = Channels(codec, bytes);
        return new(codec.Info.Height, codec.Info.Width, channels, channels == 1 ? 1 : 4);
    }

    // A null colour space asks for the stored numbers, unpremultiplied ones for what is below transparency.
    static unsafe void Decode(SKCodec codec, PixelRows rows, Span<byte> pixels, string name)
    {
        var wanted = new SKImageInfo(rows.Width, rows.Height,
            rows.Channels == 1 ? SKColorType.Gray8 : SKColorType.Rgba8888,
            codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul);
        fixed (byte* to = pixels)
            Check(codec.GetPixels(wanted, (nint)to), name);
    }

    static SKCodec Open(SKData data, ReadOnlySpan<byte> bytes, string name)
    {
        PngChunks.Check(bytes, name);
        int length = bytes.Length;
        SKCodec codec = SKCodec.Create(data) ?? throw new DataFormatException(name, "header",
            $"the picture's header is damaged, or the file ends within it (it has {length:N0} bytes)", FetchAgain);
        (int height, int width) = (codec.Info.Height, codec.Info.Width);
        bool isSmall = height >= 1 && width >= 1 && (long)width * height <= Image.MostPixels;
        if (isSmall && (long)width * height <= length * MostPixelsAByte(codec.EncodedFormat))
            return codec;
        codec.Dispose();
        throw isSmall ? Truncated(name) : TooLarge(name, width, height);
    }

    // A false header must not fill the memory. Deflate's 258 bytes take 2 bits, and 8 pixels may be a byte; a block
    // of 64 pixels takes a bit or more in a JPEG.
    static long MostPixelsAByte(SKEncodedImageFormat format) => format switch
    {
        SKEncodedImageFormat.Png => 1032 * 8,
        SKEncodedImageFormat.Jpeg => 64 * 8,
        SKEncodedImageFormat.Webp => Image.MostPixels,
        _ => 4096,
    };

    public static DataFormatException Truncated(string name) => new(name, "",
        "the file is truncated: it ends before its picture is full", FetchAgain);

    public static DataFormatException TooLarge(string name, int width, int height) => new(name, "header",
        $"it asks for {width}×{height} pixels, and pictures of 1×1 to {Image.MostText} are read",
        "Make the picture smaller, or fetch it again.");

    // Skia knows grey without alpha only; the 26th byte of a PNG says when it is grey with alpha.
    static int Channels(SKCodec codec, ReadOnlySpan<byte> bytes) => codec.Info.ColorType == SKColorType.Gray8 ? 1
        : codec.Info.AlphaType == SKAlphaType.Opaque ? 3
        : codec.EncodedFormat == SKEncodedImageFormat.Png && bytes[25] is 0 or 4 ? 2 : 4;

    static void Check(SKCodecResult result, string name)
    {
        if (result == SKCodecResult.Success)
            return;
        // A cut is an error too: unlike browsers, nothing fills the rest with grey.
        string problem = result is SKCodecResult.ErrorInInput or SKCodecResult.InvalidInput
            ? "the picture's data is damaged"
            : $"the picture cannot be decoded ({result})";
        throw result == SKCodecResult.IncompleteInput
            ? Truncated(name)
            : new DataFormatException(name, "", problem, FetchAgain);
    }

    static bool IsTurned(SKEncodedOrigin origin) => origin >= SKEncodedOrigin.LeftTop;

    /// <summary>The picture as it is to be shown.</summary>
    public static Image Turn(Image image, SKEncodedOrigin origin)
    {
        if (origin == SKEncodedOrigin.TopLeft)
            return image;
        (int height, int width) = IsTurned(origin) ? (image.Width, image.Height) : (image.Height, image.Width);
        return image.Deep is { } deep ? new(Turned(deep), height, width, image.Channels)
            : new(Turned(image.Pixels), height, width, image.Channels);

        // EXIF 2.32, tag 0x0112: the names say where the stored first row and first column are shown.
        T[] Turned<T>(T[] from)
        {
            var to = new T[from.Length];
            int channels = image.Channels;
            for (int y = 0, at = 0; y < height; y++)
                for (int x = 0; x < width; x++, at += channels)
                {
                    (int fromY, int fromX) = origin switch
                    {
                        SKEncodedOrigin.TopRight => (y, width - 1 - x),
                        SKEncodedOrigin.BottomRight => (height - 1 - y, width - 1 - x),
                        SKEncodedOrigin.BottomLeft => (height - 1 - y, x),
                        SKEncodedOrigin.LeftTop => (x, y),
                        SKEncodedOrigin.RightTop => (width - 1 - x, y),
                        SKEncodedOrigin.RightBottom => (width - 1 - x, height - 1 - y),
                        _ => (x, height - 1 - y),
                    };
                    Array.Copy(from, (fromY * image.Width + fromX) * channels, to, at, channels);
                }
            return to;
        }
    }

    public static unsafe void WritePng(Stream stream, Image image)
    {
        Image written = image.Channels switch { 2 => WithColours(image), 3 => WithAlpha(image), _ => image };
        var info = new SKImageInfo(image.Width, image.Height,
            written.Channels == 1 ? SKColorType.Gray8 : SKColorType.Rgba8888,
            image.Channels is 1 or 3 ? SKAlphaType.Opaque : SKAlphaType.Unpremul);
        fixed (byte* pixels = written.Pixels)
        {
            using var pixmap = new SKPixmap(info, (nint)pixels);
            using SKData data = pixmap.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, 6))
                ?? throw new IOException($"The {image} could not be written as PNG.");
            data.SaveTo(stream);
        }
    }

    static Image WithAlpha(Image image)
    {
        var result = new Image(image.Height, image.Width, 4);
        for (int from = 0, to = 0; from < image.Pixels.Length; from += 3, to += 4)
        {
            image.Pixels.AsSpan(from, 3).CopyTo(result.Pixels.AsSpan(to));
            result.Pixels[to + 3] = 255;
        }
        return result;
    }

    static Image WithColours(Image image)
    {
        var result = new Image(image.Height, image.Width, 4);
        for (int from = 0, to = 0; from < image.Pixels.Length; from += 2, to += 4)
        {
            result.Pixels.AsSpan(to, 3).Fill(image.Pixels[from]);
            result.Pixels[to + 3] = image.Pixels[from + 1];
        }
        return result;
    }
}
