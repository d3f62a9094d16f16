using System.Buffers.Binary;
using System.Text;

namespace Hondo.Data;

/// <summary>
/// The checksums of a PNG file (ISO/IEC 15948, 5.3). Decoders stop when the last row is full and do not see that it was
/// changed.
/// </summary>
static class PngChunks
{
    const int SignatureLength = 8, Around = 12;

    /// <summary>Goes through the chunks to the end; what is no PNG passes.</summary>
    /// <exception cref="DataFormatException">A chunk that counts is cut off or has another checksum.</exception>
    public static void Check(ReadOnlySpan<byte> file, string name)
    {
        if (file is not [0x89, (byte)'P', ..])
            return;
        ReadOnlySpan<byte> type = [];
        for (int at = SignatureLength; !type.SequenceEqual("IEND"u8);)
        {
            if (file.Length - at < Around)
                throw SkiaDecoder.Truncated(name);
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            type = file.Slice(at + 4, 4);
            if (length > file.Length - at - Around)
                throw SkiaDecoder.Truncated(name);
            // Chunks that start with a small letter may be changed by programs that do not know them.
            if (char.IsAsciiLetterUpper((char)type[0]) && Crc32.Of(file.Slice(at + 4, (int)length + 4))
                != BinaryPrimitives.ReadUInt32BigEndian(file[(at + 8 + (int)length)..]))
                throw new DataFormatException(name, $"offset {at}", $"the {Encoding.ASCII.GetString(type)} chunk is "
                    + "damaged: its checksum is another", "Fetch or write the file again.");
            at += (int)length + Around;
        }
    }
}
