namespace Hondo.Data.Tests;

public sealed class PngFileTests
{
    public static TheoryData<int, int> Kinds => new()
    {
        { 0, 1 }, { 0, 2 }, { 0, 4 }, { 0, 8 }, { 0, 16 }, { 2, 8 }, { 2, 16 }, { 4, 8 }, { 4, 16 }, { 6, 8 }, { 6,
            16 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_colour_type_and_depth_reads_as_written(int colour, int depth) =>
        AssertAllSizes((w, h, interlaced) => new(w, h, depth, colour, interlaced),
            (png, y, x, s) => (int)Math.Round(png.Value(y, x, s) * 255.0 / ((1 << depth) - 1)), null);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    public void Sixteen_bits_stay_sixteen(int colour)
    {
        foreach (bool interlaced in (bool[])[false, true])
        {
            var png = new PngBytes(9, 7, 16, colour, interlaced);
            Image image = ImageFile.Decode(png.File(), "deep.png");
            for (int y = 0, at = 0; y < 7; y++)
                for (int x = 0; x < 9; x++)
                    for (int s = 0; s < png.Samples; s++, at++)
                        Assert.Equal(png.Value(y, x, s), image.Deep![at]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void A_palette_gives_its_colours_and_their_transparency(int depth)
    {
        byte[] palette = [.. Enumerable.Range(0, 3 << depth).Select(i => (byte)(i * 37))];
        AssertAllSizes((w, h, interlaced) => new(w, h, depth, 3, interlaced) { Palette = palette },
            (png, y, x, s) => palette[3 * png.Value(y, x, 0) + s], 3);
        byte[] alpha = [7, 9];
        AssertAllSizes(
            (w, h, interlaced) => new(w, h, depth, 3, interlaced) { Palette = palette, Transparency = alpha },
            (png, y, x, s) => png.Value(y, x, 0) is var entry && s < 3 ? palette[3 * entry + s]
                : entry < alpha.Length ? alpha[entry] : 255,
            4);
    }

    [Fact]
    public void A_key_colour_is_transparent()
    {
        AssertAllSizes((w, h, interlaced) => new(w, h, 2, 0, interlaced) { Transparency = [0, 2] },
            (png, y, x, s) => s == 0 ? png.Value(y, x, 0) * 85 : png.Value(y, x, 0) == 2 ? 0 : 255, 2);
        var rgb = new PngBytes(3, 2, 16, 2);
        byte[] key = [.. Enumerable.Range(0, 3).SelectMany(s => new[] { (byte)(rgb.Value(1, 1, s) >> 8),
            (byte)rgb.Value(1, 1, s) })];
        byte[] file = new PngBytes(3, 2, 16, 2) { Transparency = key }.File();
        Assert.Throws<DataFormatException>(() => ImageFile.Decode(file, "key.png"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void What_is_written_reads_back(int channels)
    {
        var image = new Image(17, 13, channels);
        new Random(1).NextBytes(image.Pixels);
        using var file = new MemoryStream();
        ImageFile.Write(file, image);
        Image read = ImageFile.Decode(file.ToArray(), "noise.png");
        // Grey with alpha is written as colours with alpha.
        Assert.Equal((17, 13, channels == 2 ? 4 : channels), (read.Height, read.Width, read.Channels));
        Assert.Equal(image.Pixels, channels == 2
            ? [.. read.Pixels.Index().Where(p => p.Index % 4 is 0 or 3).Select(p => p.Item)]
            : read.Pixels);
    }

    [Fact]
    public void Transparent_pixels_show_white_behind_them()
    {
        var image = new Image([0, 255, 0, 0, 100, 128], 1, 3, 2);
        Assert.Equal([0, 255, 177], image.To(1).Pixels);
        Assert.Equal([76, 150, 29], new Image([255, 0, 0, 0, 255, 0, 0, 0, 255], 1, 3, 3).To(1).Pixels);
    }

    static void AssertAllSizes(Func<int, int, bool, PngBytes> make, Func<PngBytes, int, int, int, int> expected,
        int? channels)
    {
        foreach ((int width, int height) in ((int, int)[])[(1, 1), (9, 11), (3, 1), (2, 7), (8, 16)])
            foreach (bool interlaced in (bool[])[false, true])
            {
                PngBytes png = make(width, height, interlaced);
                if (png.Depth == 16 && interlaced && (width < 5 || height < 5))
                {
                    Assert.Throws<DataFormatException>(() => ImageFile.Decode(png.File(), "small.png"));
                    continue;
                }
                Image image = ImageFile.Decode(png.File(), "test.png");
                Assert.Equal((height, width, channels ?? png.Samples), (image.Height, image.Width, image.Channels));
                for (int y = 0, at = 0; y < height; y++)
                    for (int x = 0; x < width; x++)
                        for (int s = 0; s < image.Channels; s++, at++)
                            Assert.Equal(expected(png, y, x, s), image.Pixels[at]);
            }
    }
}
