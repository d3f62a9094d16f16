using System.IO.Compression;

namespace Hondo.Data;

/// <summary>Inflates the rows of a PNG file, undoes their filters and puts the pixels in their places.</summary>
static class PngRows
{
    const int MaxDeflateRatio = 1032;
    const string FetchAgain = "Fetch or write the file again.";

    // Adam7: the first column and row of each pass, and the steps between its columns and rows.
    static readonly (int X, int Y, int StepX, int StepY)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>Decodes a picture.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="colours">Its palette and transparency.</param>
    /// <param name="data">The compressed rows.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="DataFormatException">The rows are damaged, too few or too many.</exception>
    public static Image Decode(PngHeader header, PngColours colours, MemoryStream data, string name)
    {
        // Deflate cannot shrink more than this, so a larger claim is false before anything is allocated for it.
        if ((long)header.RowBytes(header.Width) * header.Height > (data.Length + 16) * MaxDeflateRatio)
            throw TooFew(header, name);
        using var zlib = new ZLibStream(data, CompressionMode.Decompress);
        var image = new Image(header.Height, header.Width, colours.Channels(header.Colour));
        try
        {
            foreach ((int x, int y, int stepX, int stepY) in header.IsInterlaced ? Passes : [(0, 0, 1, 1)])
            {
                int width = (header.Width - x + stepX - 1) / stepX, height = (header.Height - y + stepY - 1) / stepY;
                if (width > 0 && height > 0)
                    DecodePass(zlib, header, colours, image, (x, y, stepX, stepY), (width, height), name);
            }
            if (zlib.ReadByte() >= 0)
                throw new DataFormatException(name, "IDAT", "there are more rows than the header says", FetchAgain);
        }
        catch (InvalidDataException e)
        {
            throw new DataFormatException(name, "IDAT", "the compressed rows are damaged", FetchAgain, e);
        }
        return image;
    }

    static void DecodePass(ZLibStream zlib, PngHeader header, PngColours colours, Image image,
        (int X, int Y, int StepX, int StepY) pass, (int Width, int Height) size, string name)
    {
        int rowBytes = header.RowBytes(size.Width), pixelBytes = Math.Max(1, header.PixelBits / 8);
        byte[] row = new byte[1 + rowBytes], above = new byte[1 + rowBytes];
        for (int i = 0; i < size.Height; i++)
        {
            if (zlib.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) < row.Length)
                throw TooFew(header, name);
            int y = pass.Y + i * pass.StepY;
            if (!PngFilter.Undo(row[0], row.AsSpan(1), above.AsSpan(1), pixelBytes))
                throw new DataFormatException(name, $"row {y}", $"there is no filter {row[0]}", FetchAgain);
            int wrong = colours.Expand(row.AsSpan(1), header, size.Width,
                image.Row(y)[(pass.X * image.Channels)..], pass.StepX * image.Channels);
            if (wrong >= 0)
                throw new DataFormatException(name, $"row {y}, column {pass.X + wrong * pass.StepX}",
                    "the pixel's number is not in the palette", FetchAgain);
            (row, above) = (above, row);
        }
    }

    static DataFormatException TooFew(PngHeader header, string name) => new(name, "IDAT", "the file is truncated: its "
        + $"compressed rows end before the {header.Height} rows of {header.Width} pixels are full", FetchAgain);
}
