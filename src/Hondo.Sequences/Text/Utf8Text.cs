using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Hondo.Data;

/// <summary>
/// Reads texts of any language: UTF-8 and nothing else, checked to the byte. Line ends are <c>\n</c>, whether the file
/// has <c>\r\n</c> (Windows), <c>\r</c> (old Macintosh) or <c>\n</c>.
/// </summary>
public static class Utf8Text
{
    // More characters than this would not fit a .NET text.
    const int MostBytes = 1 << 30;

    /// <summary>Reads a whole file; a byte order mark at its start is left out.</summary>
    /// <exception cref="DataFormatException">The file is missing, empty, too large, or not UTF-8; the message names
    /// the byte and the line.</exception>
    public static string Read(string path)
    {
        using FileStream file = DataFile.Open(path, "a text");
        if (file.Length > MostBytes)
            throw new DataFormatException(path, "", string.Create(CultureInfo.InvariantCulture,
                $"the file has {file.Length:N0} bytes, and a text has at most {MostBytes:N0}"), "Cut it into parts.");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return Decode(bytes, path);
    }

    /// <summary>The text of UTF-8 bytes; a byte order mark at their start is left out.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="name">What errors call them.</param>
    /// <exception cref="DataFormatException">They are not UTF-8.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes, string name)
    {
        if (!Utf8.IsValid(bytes))
            throw Invalid(bytes, name);
        string text = Encoding.UTF8.GetString(bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);
        return text.Contains('\r') ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text;
    }

    static DataFormatException Invalid(ReadOnlySpan<byte> bytes, string name)
    {
        int offset = 0;
        while (Rune.DecodeFromUtf8(bytes[offset..], out _, out int length) == System.Buffers.OperationStatus.Done)
            offset += length;
        int line = 1 + bytes[..offset].Count((byte)'\n');
        bool isWide = bytes.Length >= 2 && bytes[0] + bytes[1] == 0xFE + 0xFF;
        return new(name, string.Create(CultureInfo.InvariantCulture, $"byte {offset} (counted from 0), line {line}"),
            $"0x{bytes[offset]:X2} is no UTF-8 there", isWide
                ? "The file begins as UTF-16 does: convert it, for example with 'iconv -f UTF-16 -t UTF-8'."
                : "Save the text as UTF-8, or convert it, for example with 'iconv -f ISO-8859-1 -t UTF-8'.");
    }
}
