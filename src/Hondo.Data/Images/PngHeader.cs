using System.Buffers.Binary;

namespace Hondo.Data;

/// <summary>The first chunk of a PNG file, checked.</summary>
readonly record struct PngHeader(int Width, int Height, int Depth, PngColour Colour, bool IsInterlaced)
{
    public const int Length = 13;

    /// <summary>Numbers in a pixel, as stored.</summary>
    public int Samples => Colour switch { PngColour.Rgb => 3, PngColour.GreyAlpha => 2, PngColour.Rgba => 4, _ => 1 };

    /// <summary>Bits of a pixel, as stored.</summary>
    public int PixelBits => Samples * Depth;

    /// <summary>The bytes of a row of some pixels, without its filter.</summary>
    public int RowBytes(int width) => (int)(((long)width * PixelBits + 7) / 8);

    /// <summary>Reads and checks the chunk's data.</summary>
    /// <exception cref="DataFormatException">It is against the standard, or asks for too many pixels.</exception>
    public static PngHeader Read(ReadOnlySpan<byte> data, string name)
    {
        if (data.Length != Length)
            throw Wrong(name, "offset 8", $"the header has {data.Length} bytes in place of {Length}");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data),
            height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
            throw Wrong(name, "offset 16", $"the header asks for {width}×{height} pixels");
        if ((ulong)width * height > Image.MostPixels)
            throw new DataFormatException(name, "offset 16", $"the header asks for {width}×{height} pixels, and "
                + $"pictures of at most {Image.MostText} are read", "Make the picture smaller.");
        int depth = data[8], colour = data[9];
        bool fits = colour switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            3 => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        if (!fits)
            throw Wrong(name, "offset 24", $"there is no colour type {colour} with {depth} bits");
        if (data[10] != 0 || data[11] != 0 || data[12] > 1)
            throw Wrong(name, "offset 26", $"compression {data[10]}, filter {data[11]} and interlacing {data[12]} are "
                + "not those of PNG");
        return new((int)width, (int)height, depth, (PngColour)colour, data[12] == 1);
    }

    static DataFormatException Wrong(string name, string place, string problem) =>
        new(name, place, problem, "Fetch or write the file again.");
}
