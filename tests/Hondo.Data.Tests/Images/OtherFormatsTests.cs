using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;

namespace Hondo.Data.Tests;

public sealed class OtherFormatsTests
{
    [Theory]
    [InlineData("gif")]
    [InlineData("bmp")]
    [InlineData("webp")]
    [InlineData("tif")]
    public void Formats_without_loss_read_as_written(string format)
    {
        using var picture = new Image<Rgb24>(9, 5);
        for (int y = 0; y < 5; y++)
            for (int x = 0; x < 9; x++)
                picture[x, y] = new((byte)(x * 20), (byte)(y * 40), 77);
        Image image = ImageFile.Decode(Save(picture, format), "a." + format);
        Assert.Equal((5, 9, 3), (image.Height, image.Width, image.To(3).Channels));
        for (int y = 0; y < 5; y++)
            for (int x = 0; x < 9; x++)
                Assert.Equal([(byte)(x * 20), (byte)(y * 40), 77], image.To(3).Row(y).Slice(3 * x, 3).ToArray());
    }

    // Stored lying: its first row is to be shown at the right.
    [Theory]
    [InlineData("png")]
    [InlineData("tif")]
    public void Deep_pictures_are_turned_as_their_orientation_says(string format)
    {
        ushort[] stored = [0, 9000, 18000, 27000, 36000, 45000];
        using Image<L16> picture = SixLabors.ImageSharp.Image.LoadPixelData(
            Array.ConvertAll(stored, number => new L16(number)), 3, 2);
        picture.Metadata.ExifProfile = new();
        picture.Metadata.ExifProfile.SetValue(ExifTag.Orientation, (ushort)6);
        using var file = new MemoryStream();
        picture.SaveAsPng(file, new PngEncoder { BitDepth = PngBitDepth.Bit16, ColorType = PngColorType.Grayscale });
        Image shown = ImageFile.Decode(format == "png" ? file.ToArray() : DeepTiff(stored, 3, 6), format);
        Assert.Equal((3, 2), (shown.Height, shown.Width));
        Assert.Equal([27000, 0, 36000, 9000, 45000, 18000], shown.Deep!);
    }

    [Fact]
    public void Grey_tiff_of_8_and_16_bits_keeps_its_numbers()
    {
        using var plain = new Image<L8>(4, 3);
        for (int i = 0; i < 12; i++)
            plain[i % 4, i / 4] = new((byte)(i * 20));
        Image fine = ImageFile.Decode(DeepTiff([.. Enumerable.Range(0, 12).Select(i => (ushort)(i * 5000 + 3))], 4),
            "deep.tif");
        Image coarse = ImageFile.Decode(Save(plain, "tif"), "plain.tif");
        Assert.Equal((1, 1), (fine.Channels, coarse.Channels));
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (ushort)(i * 5000 + 3)), fine.Deep!);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (byte)(i * 20)), coarse.Pixels);
    }

    [Theory]
    [InlineData("gif")]
    [InlineData("bmp")]
    [InlineData("webp")]
    [InlineData("tif")]
    public void What_is_cut_or_damaged_is_one_kind_of_error(string format)
    {
        using var picture = new Image<Rgb24>(32, 32);
        for (int i = 0; i < 1024; i++)
            picture[i % 32, i / 32] = new((byte)(i * 7), (byte)(i * 13), (byte)(i * 31));
        byte[] whole = Save(picture, format);
        Assert.Throws<DataFormatException>(() => ImageFile.Decode(whole.AsSpan(0, whole.Length / 2), "cut"));
        var random = new Random(1);
        for (int trial = 0; trial < 300; trial++)
        {
            byte[] damaged = [.. whole];
            for (int k = 0; k < 3; k++)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                ImageFile.Decode(damaged, "damaged");
            }
            catch (DataFormatException error)
            {
                Assert.StartsWith("damaged", error.Message, StringComparison.Ordinal);
            }
        }
    }

    // TIFF 6.0: little-endian, one strip behind a directory of ten entries.
    static byte[] DeepTiff(ushort[] numbers, ushort width, ushort orientation = 1)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        ushort height = (ushort)(numbers.Length / width);
        (ushort Tag, ushort Value)[] entries = [(256, width), (257, height), (258, 16), (259, 1), (262, 1), (273, 146),
            (274, orientation), (277, 1), (278, height), (279, (ushort)(2 * numbers.Length)), (284, 1)];
        writer.Write([(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0]);
        writer.Write((ushort)entries.Length);
        foreach ((ushort tag, ushort value) in entries)
        {
            writer.Write(tag);
            writer.Write((ushort)3);
            writer.Write(1);
            writer.Write((uint)value);
        }
        writer.Write(0);
        foreach (ushort number in numbers)
            writer.Write(number);
        return file.ToArray();
    }

    static byte[] Save(SixLabors.ImageSharp.Image picture, string format)
    {
        using var file = new MemoryStream();
        switch (format)
        {
            case "gif":
                picture.SaveAsGif(file);
                break;
            case "bmp":
                picture.SaveAsBmp(file);
                break;
            case "webp":
                picture.SaveAsWebp(file, new WebpEncoder { FileFormat = WebpFileFormatType.Lossless });
                break;
            default:
                picture.SaveAsTiff(file, new TiffEncoder
                {
                    BitsPerPixel = picture.PixelType.BitsPerPixel switch
                    {
                        8 => TiffBitsPerPixel.Bit8,
                        _ => TiffBitsPerPixel.Bit24,
                    },
                });
                break;
        }
        return file.ToArray();
    }
}
