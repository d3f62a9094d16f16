using System.Buffers.Binary;
using System.IO.Compression;

namespace Hondo.Data;

/// <summary>
/// Reads and writes PNG (ISO/IEC 15948): all colour types, 1 to 16 bits, palettes, transparency and interlacing;
/// checksums are checked. 16 bits a channel are rounded to 8.
/// </summary>
public static class PngFile
{
    static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1a,
        (byte)'\n'];

    /// <summary>True when the bytes start as PNG does.</summary>
    public static bool IsPng(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Signature);

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFormatException">It is no PNG, damaged, or larger than <see cref="Image.MostPixels"/>.
    /// </exception>
    public static Image Read(string path)
    {
        using FileStream file = DataFile.Open(path, "a PNG file");
        if (file.Length > ImageFile.MostBytes)
            throw new DataFormatException(path, "", $"the file has {file.Length >> 20} MiB, and pictures of at most "
                + $"{ImageFile.MostBytes >> 20} MiB are read", "Make the picture smaller.");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return Decode(bytes, path);
    }

    /// <summary>Decodes a whole file; the bytes are used as working memory.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="DataFormatException">It is no PNG, damaged, or too large.</exception>
    public static Image Decode(byte[] bytes, string name)
    {
        if (!IsPng(bytes))
            throw new DataFormatException(name, "offset 0", "this is no PNG: its first eight bytes are others",
                "Name a PNG file.");
        var chunks = new PngChunks(bytes, Signature.Length, name);
        return PngRows.Decode(chunks.Header, chunks.Colours, new MemoryStream(bytes, 0, chunks.DataLength), name);
    }

    /// <summary>Writes a file.</summary>
    public static void Write(string path, Image image)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        Write(file, image);
    }

    /// <summary>Writes a picture: 8 bits a channel, each row as differences to the one above.</summary>
    public static void Write(Stream stream, Image image)
    {
        stream.Write(Signature);
        Span<byte> header = stackalloc byte[PngHeader.Length];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);
        header[8] = 8;
        header[9] = image.Channels switch { 1 => 0, 2 => 4, 3 => 2, _ => 6 };
        WriteChunk(stream, "IHDR"u8, header);
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
            WriteRows(zlib, image);
        WriteChunk(stream, "IDAT"u8, data.GetBuffer().AsSpan(0, (int)data.Length));
        WriteChunk(stream, "IEND"u8, []);
    }

    static void WriteRows(ZLibStream zlib, Image image)
    {
        var row = new byte[1 + image.Width * image.Channels];
        for (int y = 0; y < image.Height; y++)
        {
            row[0] = y == 0 ? PngFilter.None : PngFilter.Up;
            image.Row(y).CopyTo(row.AsSpan(1));
            if (y > 0)
            {
                ReadOnlySpan<byte> above = image.Row(y - 1);
                for (int i = 0; i < above.Length; i++)
                    row[1 + i] -= above[i];
            }
            zlib.Write(row);
        }
    }

    static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(data, Crc32.Of(type)));
        stream.Write(number);
    }
}
