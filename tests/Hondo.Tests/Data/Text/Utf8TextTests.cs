using System.Text;
using Hondo.Data;

namespace Hondo.Tests.Data.Text;

public sealed class Utf8TextTests
{
    [Theory]
    [InlineData("one line")]
    [InlineData("¿Qué? ñandú €\n語 𝄞 e\u0301")]
    [InlineData("\n\0 stays")]
    public void A_text_of_any_language_is_read_unchanged(string text) =>
        Assert.Equal(text, Utf8Text.Decode(Encoding.UTF8.GetBytes(text), "it"));

    [Theory]
    [InlineData("a\r\nb\r\n")]
    [InlineData("a\rb\r")]
    [InlineData("a\nb\r\n")]
    public void Lines_end_alike_whatever_system_wrote_them(string text) =>
        Assert.Equal("a\nb\n", Utf8Text.Decode(Encoding.UTF8.GetBytes(text), "it"));

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text() =>
        Assert.Equal("a", Utf8Text.Decode([0xEF, 0xBB, 0xBF, (byte)'a'], "it"));

    [Theory]
    [InlineData(new byte[] { 0x61, 0x0A, 0xE9, 0x61 }, "byte 2 (counted from 0), line 2: 0xE9 is no UTF-8")]
    [InlineData(new byte[] { 0xC3, 0xB1, 0xC3 }, "byte 2 (counted from 0), line 1")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "byte 0")]
    [InlineData(new byte[] { 0xC0, 0x80 }, "byte 0")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0x00 }, "iconv -f UTF-16")]
    public void What_is_not_utf8_is_refused_with_its_place(byte[] bytes, string expected) =>
        Refused.With(expected, () => Utf8Text.Decode(bytes, "it"));

    [Fact]
    public void A_file_that_is_missing_or_empty_is_refused()
    {
        using var folder = new ScratchFolder();
        Refused.With("there is no such file", () => Utf8Text.Read(folder["nothere.txt"]));
        Refused.With("the file is empty", () => Utf8Text.Read(folder.Write("empty.txt", "")));
    }
}
