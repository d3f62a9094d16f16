namespace Hondo.Data.Tests;

public sealed class JpegFileTests
{
    // 8×8 pixels: red and yellow above, blue and light blue below, written by Pillow.
    const string Baseline =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQ"
        + "ERMUFRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU"
        + "FBQUFBQUFBQUFBQUFBT/wAARCAAIAAgDAREAAhEBAxEB/8QAFAABAAAAAAAAAAAAAAAAAAAACP/EAB0QAAAFBQAAAAAAAAAA"
        + "AAAAAAAGBxEVJENTYnP/xAAUAQEAAAAAAAAAAAAAAAAAAAAG/8QAIBEAAAQGAwAAAAAAAAAAAAAAACUzQwUGBwhRY1Jxcv/a"
        + "AAwDAQACEQMRAD8ANKKn95mgw3umocx63xI0yz1tDWZq1ol3J3zrH//Z";

    const string Progressive =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQ"
        + "ERMUFRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU"
        + "FBQUFBQUFBQUFBQUFBT/wgARCAAIAAgDAREAAhEBAxEB/8QAFAABAAAAAAAAAAAAAAAAAAAAB//EABQBAQAAAAAAAAAAAAAA"
        + "AAAAAAX/2gAMAwEAAhADEAAAATRxr//EABYQAAMAAAAAAAAAAAAAAAAAAAAEBf/aAAgBAQABBQKK+f/EABwRAAAGAwAAAAAA"
        + "AAAAAAAAAAAFBiQyQlFicf/aAAgBAwEBPwEzWsG+bc1H/8QAGhEAAAcAAAAAAAAAAAAAAAAAAAQHJDKi4v/aAAgBAgEBPwE+"
        + "n0XVND//xAAZEAABBQAAAAAAAAAAAAAAAAAAAyJBUXH/2gAIAQEABj8CWZU6f//EABYQAAMAAAAAAAAAAAAAAAAAAACx8P/a"
        + "AAgBAQABPyG3Q//aAAwDAQACAAMAAAAQf//EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQMBAT8QKn//xAAWEQADAAAAAAAA"
        + "AAAAAAAAAAAAobH/2gAIAQIBAT8QbQf/xAAVEAEBAAAAAAAAAAAAAAAAAAAAEf/aAAgBAQABPxCrD//Z";

    const string Grey =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQ"
        + "ERMUFRUVDA8XGBYUGBIUFRT/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACP/EAB0QAAAFBQAAAAAAAAAAAAAA"
        + "AAAGBxEVJENTYnP/2gAIAQEAAD8ANKKn95mgw3umo//Z";

    const string FourInks =
        "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwADAgIDAgIDAwMDBAMDBAUIBQUEBAUKBwcGCAwKDAwLCgsLDQ4SEA0OEQ4LCxAWEBET"
        + "FBUVFQwPFxgWFBgSFBUU/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EABcAAAMBAAAAAAAAAAAAAAAAAAYHCAn/xAAcEAABBAMB"
        + "AAAAAAAAAAAAAAAAGWem5AhGhMP/2gAOBEMATQBZAEsAAD8AWitTVSKqRfiVtXJ7Aejg7satmqZ//9k=";

    const string Bits = "3a3bce9b9568dcd4";

    [Fact]
    public void Baseline_progressive_and_grey_are_read()
    {
        foreach (string text in (string[])[Baseline, Progressive])
        {
            Image image = ImageFile.Decode(Convert.FromBase64String(text), "colours.jpg");
            Assert.Equal((8, 8, 3), (image.Height, image.Width, image.Channels));
            AssertNear([201, 2, 0], image.Row(0)[..3]);
            AssertNear([198, 99, 0], image.Row(0)[^3..]);
            AssertNear([0, 0, 220], image.Row(7)[..3]);
        }
        Image grey = ImageFile.Decode(Convert.FromBase64String(Grey), "grey.jpg");
        Assert.Equal(1, grey.Channels);
        AssertNear([61, 117], [grey.Row(0)[0], grey.Row(0)[7]]);
    }

    [Fact]
    public void Four_inks_are_read_as_colours() =>
        Assert.Equal(3, ImageFile.Decode(Convert.FromBase64String(FourInks), "print.jpg").Channels);

    [Fact]
    public void Every_processor_reads_the_same_bits() =>
        Assert.Equal(Bits, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
            ImageFile.Decode(Convert.FromBase64String(Progressive), "bits.jpg").Pixels))[..16]);

    [Fact]
    public void A_cut_file_is_refused()
    {
        byte[] whole = Convert.FromBase64String(Baseline);
        for (int length = 3; length < whole.Length - 2; length += 5)
        {
            byte[] cut = whole[..length];
            var error = Assert.Throws<DataFormatException>(() => ImageFile.Decode(cut, "cut.jpg"));
            Assert.StartsWith("cut.jpg", error.Message, StringComparison.Ordinal);
        }
        Refused.With("the file is truncated", () => ImageFile.Decode(whole.AsSpan(..^10), "cut.jpg"));
    }

    [Fact]
    public void A_header_that_promises_too_much_costs_no_memory()
    {
        byte[] file = Convert.FromBase64String(Baseline);
        int frame = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xff, 0xc0]);
        (file[frame + 5], file[frame + 6], file[frame + 7], file[frame + 8]) = (0xea, 0x60, 0xea, 0x60);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused.With("60000×60000 pixels, and pictures of 1×1 to 8192×8192", () => ImageFile.Decode(file, "large.jpg"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    static void AssertNear(byte[] expected, ReadOnlySpan<byte> pixel)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.InRange(pixel[i] - expected[i], -3, 3);
    }

    // EXIF writes the orientation as a number from 1 to 8; the picture has its darkest corner where it is stored first.
    [Theory]
    [InlineData(1, false, 0)]
    [InlineData(2, false, 1)]
    [InlineData(3, false, 3)]
    [InlineData(4, false, 2)]
    [InlineData(5, true, 0)]
    [InlineData(6, true, 1)]
    [InlineData(7, true, 3)]
    [InlineData(8, true, 2)]
    public void A_picture_is_turned_as_its_orientation_says(byte orientation, bool isTurned, int corner)
    {
        byte[] upright = Sharp(orientation);
        Image image = ImageFile.Decode(upright, "phone.jpg");
        Assert.Equal(isTurned ? (24, 16) : (16, 24), (image.Height, image.Width));
        ImageHeader header = ImageFile.ReadHeader(upright, "phone.jpg");
        Assert.Equal((image.Height, image.Width), (header.Height, header.Width));
        int[] corners = [image.Row(0)[0], image.Row(0)[^1], image.Row(image.Height - 1)[0],
            image.Row(image.Height - 1)[^1]];
        Assert.Equal(corner, Array.IndexOf(corners, corners.Min()));
        // The first stored row runs to the right, or down when the picture is turned.
        Assert.True(corners.Max() > 150);
    }

    // A grey JPEG of 16 rows of 24 that is black in its first corner only, with an EXIF block.
    static byte[] Sharp(byte orientation)
    {
        using var picture = new SixLabors.ImageSharp.Image<SixLabors.ImageSharp.PixelFormats.L8>(24, 16,
            new SixLabors.ImageSharp.PixelFormats.L8(200));
        for (int y = 0; y < 8; y++)
            for (int x = 0; x < 8; x++)
                picture[x, y] = new(10);
        picture.Metadata.ExifProfile = new();
        picture.Metadata.ExifProfile.SetValue(SixLabors.ImageSharp.Metadata.Profiles.Exif.ExifTag.Orientation,
            (ushort)orientation);
        using var file = new MemoryStream();
        SixLabors.ImageSharp.ImageExtensions.SaveAsJpeg(picture, file);
        return file.ToArray();
    }
}
