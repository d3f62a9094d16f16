namespace Hondo.Data.Tests;

public sealed class ImageResizeTests
{
    // Pillow 9.4 rounds to whole numbers between rows and columns as well.
    const int Rounding = 1;

    [Theory]
    [InlineData(Interpolation.Bilinear, 2, 3, (byte[])[76, 95, 114, 113, 132, 151])]
    [InlineData(Interpolation.Bilinear, 8, 9, (byte[])[60, 66, 73, 80, 87, 94, 101, 108, 114, 62, 68, 75, 82, 89, 96,
        103, 110, 116, 66, 72, 79, 86, 93, 100, 107, 114, 120, 74, 80, 87, 94, 101, 108, 115, 122, 128, 85, 91, 98,
            105, 112, 119, 126, 133, 139, 100, 106, 113, 120, 127, 134, 141, 148, 154, 118, 124, 131, 138, 145, 152,
                159, 166, 172, 135, 141, 148, 155, 162, 169, 176, 183, 189])]
    [InlineData(Interpolation.Bicubic, 2, 3, (byte[])[72, 93, 114, 113, 134, 155])]
    [InlineData(Interpolation.Bicubic, 8, 9, (byte[])[60, 65, 73, 80, 87, 94, 101, 109, 114, 61, 66, 74, 81, 88, 95,
        102, 110, 115, 66, 71, 79, 86, 93, 100, 107, 115, 120, 74, 79, 87, 94, 101, 108, 115, 123, 128, 85, 90, 98,
            105, 112, 119, 126, 134, 139, 99, 104, 112, 119, 126, 133, 140, 148, 153, 120, 125, 133, 140, 147, 154,
                161, 169, 174, 136, 141, 149, 156, 163, 170, 177, 185, 190])]
    public void Pictures_come_out_as_in_Pillow(Interpolation interpolation, int height, int width, byte[] expected)
    {
        byte[] pixels = [.. from y in Enumerable.Range(0, 6)
                            from x in Enumerable.Range(0, 7)
                            select (byte)(60 + x * 9 + y * y * 3)];
        Image image = ImageResize.To(new(pixels, 6, 7, 1), height, width, interpolation);
        for (int i = 0; i < expected.Length; i++)
            Assert.InRange(image.Pixels[i] - expected[i], -Rounding, Rounding);
    }

    [Theory]
    [InlineData(Interpolation.Bilinear)]
    [InlineData(Interpolation.Bicubic)]
    public void One_colour_stays_itself(Interpolation interpolation)
    {
        var image = new Image(13, 29, 3);
        image.Pixels.AsSpan().Fill(97);
        Assert.All(ImageResize.To(image, 5, 40, interpolation).Pixels, value => Assert.Equal(97, value));
        Assert.All(ImageResize.Cover(image, 8, 8, interpolation).Pixels, value => Assert.Equal(97, value));
    }

    [Fact]
    public void What_stands_out_is_cut_off_at_both_ends()
    {
        var image = new Image(4, 12, 1);
        for (int y = 0; y < 4; y++)
            image.Row(y)[4..8].Fill(200);
        Assert.All(ImageResize.Cover(image, 4, 4).Pixels, value => Assert.Equal(200, value));
    }

    [Fact]
    public void A_crop_shows_the_middle_as_if_it_were_cut_out_of_a_larger_picture()
    {
        var image = new Image(32, 48, 1);
        for (int y = 0; y < 32; y++)
            for (int x = 0; x < 48; x++)
                image.Row(y)[x] = (byte)(3 * x + 2 * y);
        Image whole = ImageResize.To(image, 16, 24), middle = ImageResize.Cover(image, 14, 14, crop: 14 / 16.0);
        for (int y = 0; y < 14; y++)
            Assert.Equal(whole.Row(y + 1)[5..19].ToArray(), middle.Row(y).ToArray());
        // What has the size already is such a middle itself.
        Assert.Same(middle, ImageResize.Cover(middle, 14, 14, crop: 0.5));
    }
}
