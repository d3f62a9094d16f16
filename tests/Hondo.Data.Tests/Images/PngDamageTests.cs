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
            var error = Assert.Throws<DataFormatException>(() => ImageFile.Decode(cut, "cut.png"));
            Assert.StartsWith("cut.png", error.Message, StringComparison.Ordinal);
        }
        Refused.With("the file is truncated: it ends before its picture is full", () =>
            ImageFile.Decode(Whole.AsSpan(..^30), "cut.png"));
    }

    [Fact]
    public void Every_flipped_byte_is_noticed()
    {
        for (int at = 0; at < Whole.Length; at++)
        {
            byte[] damaged = [.. Whole];
            damaged[at] ^= 0x40;
            Assert.Throws<DataFormatException>(() => ImageFile.Decode(damaged, "damaged.png"));
        }
    }

    [Fact]
    public void Sixteen_bits_that_are_cut_or_damaged_are_refused()
    {
        byte[] deep = new PngBytes(20, 20, 16, 0).File();
        for (int at = 8; at < deep.Length - 12; at += 7)
        {
            Assert.Throws<DataFormatException>(() => ImageFile.Decode(deep.AsSpan(0, at), "cut.png"));
            byte[] damaged = [.. deep];
            damaged[at] ^= 0x40;
            Assert.Throws<DataFormatException>(() => ImageFile.Decode(damaged, "damaged.png"));
        }
    }

    [Theory]
    [InlineData(60000, 60000, "60000×60000 pixels, and pictures of 1×1 to 8192×8192 are read")]
    [InlineData(8000, 8000, "the file is truncated")]
    [InlineData(0, 5, "header is damaged")]
    [InlineData(-1, 5, "header is damaged")]
    public void A_header_that_promises_too_much_costs_no_memory(int width, int height, string problem)
    {
        byte[] file = [.. new PngBytes(width, height, 8, 6).Start(), .. PngBytes.Chunk("IDAT",
            PngBytes.Zip(new byte[5])), .. PngBytes.Chunk("IEND", [])];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused.With(problem, () => ImageFile.Decode(file, "large.png"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_file_that_is_something_else_is_told_by_its_content()
    {
        Refused.With("this is no picture that can be read: it is text, \"hello, world…\"", () =>
            ImageFile.Decode([.. "hello, world!"u8], "a.png"));
        Refused.With("it is text, \"a b…\"", () => ImageFile.Decode([.. "a\nb\n"u8], "a.png"));
        Refused.With("it is a HEIC", () => ImageFile.Decode([0, 0, 0, 24, .. "ftypheic"u8, 0, 0], "a.jpg"));
        Refused.With("header is damaged", () => ImageFile.Decode([.. "GIF89a"u8], "a.png"));
        using var scratch = new ScratchFolder();
        string empty = scratch.Write("empty.png", []);
        Refused.With("the file is empty, but a picture was expected", () => ImageFile.Read(empty));
        Assert.Equal(20, ImageFile.Read(scratch.Write("really-png.jpg", Whole)).Width);
    }
}
