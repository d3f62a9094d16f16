namespace Hondo.Data;

/// <summary>Pictures of one size side by side, as on a contact sheet.</summary>
public static class ImageSheet
{
    const int Gap = 2;
    const byte Paper = 255;

    /// <summary>Puts pictures in rows; small ones are enlarged pixel by pixel.</summary>
    /// <param name="pictures">Pictures of equal height and width, row by row.</param>
    /// <param name="columns">How many a row, 1 or more.</param>
    /// <param name="leastSide">Pictures are enlarged until their shorter side has this many pixels.</param>
    /// <exception cref="ArgumentException">There are none, or they differ in size.</exception>
    public static Image Of(IReadOnlyList<Image> pictures, int columns, int leastSide = 64)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (pictures.Count == 0)
            throw new ArgumentException("A sheet needs at least one picture.", nameof(pictures));
        int height = pictures[0].Height, width = pictures[0].Width;
        if (pictures.Any(picture => picture.Height != height || picture.Width != width))
            throw new ArgumentException("The pictures of a sheet must have one size.", nameof(pictures));
        int zoom = (leastSide + Math.Min(height, width) - 1) / Math.Min(height, width);
        int channels = pictures.All(picture => picture.Channels == 1) ? 1 : 3;
        int rows = (pictures.Count + columns - 1) / columns;
        var sheet = new Image(Gap + rows * (height * zoom + Gap), Gap + columns * (width * zoom + Gap), channels);
        sheet.Pixels.AsSpan().Fill(Paper);
        for (int i = 0; i < pictures.Count; i++)
            Paste(pictures[i].To(channels), sheet, Gap + i / columns * (height * zoom + Gap),
                Gap + i % columns * (width * zoom + Gap), zoom);
        return sheet;
    }

    static void Paste(Image picture, Image sheet, int top, int left, int zoom)
    {
        int channels = sheet.Channels;
        for (int y = 0; y < picture.Height * zoom; y++)
        {
            ReadOnlySpan<byte> from = picture.Row(y / zoom);
            Span<byte> to = sheet.Row(top + y)[(left * channels)..];
            for (int x = 0; x < picture.Width * zoom; x++)
                from.Slice(x / zoom * channels, channels).CopyTo(to[(x * channels)..]);
        }
    }
}
