using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;

namespace Hondo.Data;

/// <summary>The text of a table, wherever it comes from: UTF-8, gzipped or not; a byte order mark says otherwise.
/// </summary>
static partial class CsvText
{
    const int SampleLength = 1 << 16;

    /// <summary>UTF-8 that refuses what is none.</summary>
    public static UTF8Encoding Strict { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>True for <c>rows.csv.gz</c>.</summary>
    public static bool IsZipped(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>The UTF-8 bytes of a file, without byte order mark.</summary>
    public static Stream Open(string path)
    {
        Stream stream = DataFile.Open(path, "a CSV file");
        if (IsZipped(path))
            stream = new GZipStream(stream, CompressionMode.Decompress);
        return new BufferedStream(stream, SampleLength);
    }

    /// <summary>The beginning of a file as text, and what its bytes are.</summary>
    public static (string Sample, Encoding Encoding, int MarkLength) Start(string path)
    {
        using Stream stream = Open(path);
        var bytes = new byte[SampleLength];
        int length = stream.ReadAtLeast(bytes, SampleLength, throwOnEndOfStream: false);
        (Encoding encoding, int mark) = bytes.AsSpan(0, length) switch
        {
            [0xef, 0xbb, 0xbf, ..] => ((Encoding)Encoding.UTF8, 3),
            [0xff, 0xfe, ..] => (Encoding.Unicode, 2),
            [0xfe, 0xff, ..] => (Encoding.BigEndianUnicode, 2),
            _ => (Encoding.UTF8, 0),
        };
        return (encoding.GetString(bytes, mark, length - mark), encoding, mark);
    }

    /// <summary>The bytes of a file as UTF-8, from behind its mark.</summary>
    public static Stream Open(string path, Encoding encoding, int markLength)
    {
        Stream stream = Open(path);
        for (int i = 0; i < markLength; i++)
            _ = stream.ReadByte();
        return encoding == Encoding.UTF8 ? stream : Encoding.CreateTranscodingStream(stream, encoding, Encoding.UTF8);
    }

    /// <summary>The sample of a whole text.</summary>
    public static string Sample(string text) => text[..Math.Min(text.Length, SampleLength)];

    /// <summary>Fields between blanks become fields between tabs.</summary>
    public static string WithoutBlanks(string text) => Margins().Replace(Blanks().Replace(text, "\t"), "");

    [GeneratedRegex("[ \t\u00a0]+")]
    private static partial Regex Blanks();

    [GeneratedRegex("^\t+|\t+(?=\r?$)", RegexOptions.Multiline)]
    private static partial Regex Margins();

    /// <summary>Reads, and says in the words of a table what went wrong.</summary>
    public static T Guarded<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DecoderFallbackException e)
        {
            throw new DataFormatException(file, "", $"the text is not UTF-8 (byte 0x{e.BytesUnknown?[0]:x2})",
                "Save it as UTF-8 (in a spreadsheet: 'CSV UTF-8').", e);
        }
        catch (InvalidDataException e)
        {
            throw new DataFormatException(file, "", $"it cannot be unzipped: {e.Message.TrimEnd('.')}",
                "Check the file with gzip -t.", e);
        }
        catch (CsvFormatException e)
        {
            throw new DataFormatException(file, $"line {e.LineNumber}",
                $"the row cannot be read: {e.Message.Split(": ", 2)[^1].TrimEnd('.')}",
                "Close every quote, and write a quote inside a quoted text twice.", e);
        }
    }
}
