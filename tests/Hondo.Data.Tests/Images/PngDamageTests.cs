namespace Hondo.Data.Tests;

public sealed class PngDamageTests
{
    static readonly byte[] Whole = new PngBytes(20, 20, 8, 2).File();

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        for (int length = 0; length < Whole.Length; length++)
        {
            byte[] cut = Whole[..length];
            var error = Assert.Throws<DataFormatException>(() => PngFile.Decode(cut, "cut.png"));
            Assert.StartsWith("cut.png, offset ", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_flipped_byte_is_noticed()
    {
        for (int at = 0; at < Whole.Length; at++)
        {
            byte[] damaged = [.. Whole];
            damaged[at] ^= 0x40;
            Assert.Throws<DataFormatException>(() => PngFile.Decode(damaged, "damaged.png"));
        }
    }

    [Fact]
    public void A_wrong_checksum_names_its_chunk()
    {
        byte[] damaged = [.. Whole];
        damaged[60] ^= 1;
        Refused.With("damaged.png, offset 33: the IDAT chunk is damaged: its checksum is", () =>
            PngFile.Decode(damaged, "damaged.png"));
    }

    [Theory]
    [InlineData(60000, 60000, "60000×60000 pixels, and pictures of at most 8192×8192 are read")]
    [InlineData(8000, 8000, "compressed rows end before the 8000 rows")]
    [InlineData(0, 5, "asks for 0×5 pixels")]
    [InlineData(-1, 5, "asks for 4294967295×5 pixels")]
    public void A_header_that_promises_too_much_costs_no_memory(int width, int height, string problem)
    {
        byte[] file = [.. new PngBytes(width, height, 8, 6).Start(), .. PngBytes.Chunk("IDAT",
            PngBytes.Zip(new byte[5])), .. PngBytes.Chunk("IEND", [])];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused.With(problem, () => PngFile.Decode(file, "large.png"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void What_is_against_the_standard_is_refused_by_name()
    {
        Refuse("there is no colour type 2 with 4 bits", new PngBytes(2, 2, 4, 2).File());
        Refuse("there is no colour type 5", new PngBytes(2, 2, 8, 5).File());
        Refuse("the palette is missing", new PngBytes(2, 2, 8, 3).File());
        Refuse("row 0, column 1: the pixel's number is not in the palette",
            new PngBytes(2, 2, 8, 3) { Palette = [1, 2, 3] }.File());
        Refuse("there are no rows", [.. new PngBytes(2, 2, 8, 0).Start(), .. PngBytes.Chunk("IEND", [])]);
        Refuse("a grey picture has a palette", new PngBytes(2, 2, 8, 0) { Palette = [1, 2, 3] }.File());
        Refuse("the chunk ABCD is not known", [.. new PngBytes(2, 2, 8, 0).Start(), .. PngBytes.Chunk("ABCD", [])]);
        Refuse("there are more rows", With(new PngBytes(2, 2, 8, 0), PngBytes.Zip([0, 1, 2, 0, 3, 4, 0])));
        Refuse("rows end before", With(new PngBytes(2, 2, 8, 0), PngBytes.Zip([0, 1, 2, 0, 3])));
        Refuse("row 1: there is no filter 9", With(new PngBytes(2, 2, 8, 0), PngBytes.Zip([0, 1, 2, 9, 3, 4])));
        Refuse("compressed rows are damaged", With(new PngBytes(2, 2, 8, 0), [120, 156, 7, 251, 252, 253]));
    }

    [Fact]
    public void A_file_that_is_something_else_is_told_by_its_content()
    {
        Refused.With("this is neither PNG nor JPEG: it is text, \"hello, world…\"", () =>
            ImageFile.Decode([.. "hello, world!"u8], "a.png"));
        Refused.With("it is text, \"a b…\"", () => ImageFile.Decode([.. "a\nb\n"u8], "a.png"));
        Refused.With("it is a GIF", () => ImageFile.Decode([.. "GIF89a"u8], "a.png"));
        using var scratch = new ScratchFolder();
        string empty = scratch.Write("empty.png", []);
        Refused.With("the file is empty, but a picture was expected", () => ImageFile.Read(empty));
        Assert.Equal(20, ImageFile.Read(scratch.Write("really-png.jpg", Whole)).Width);
    }

    static byte[] With(PngBytes png, byte[] data) => [.. png.Start(), .. PngBytes.Chunk("IDAT", data),
        .. PngBytes.Chunk("IEND", [])];

    static void Refuse(string problem, byte[] file) => Refused.With(problem, () => PngFile.Decode(file, "wrong.png"));
}
