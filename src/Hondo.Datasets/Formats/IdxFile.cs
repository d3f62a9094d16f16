using System.Buffers.Binary;
using System.IO.Compression;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// Reads and writes IDX, the format of MNIST (LeCun, Cortes, Burges): a magic number 0x000008nn with nn axes, each
/// axis as a big-endian 32-bit number, then the bytes. Gzipped files are recognised by their content.
/// </summary>
public static class IdxFile
{
    const int UnsignedByte = 8;
    const int MaxDeflateRatio = 1032;
    const int FirstBlock = 1 << 20;

    /// <summary>Reads an IDX file of unsigned bytes, gzipped or not.</summary>
    /// <exception cref="DataFormatException">The file cannot be read; the message says where and why.</exception>
    public static IdxArray Read(string path)
    {
        using FileStream file = DataFile.Open(path, "an IDX file");
        return Read(file, path);
    }

    /// <summary>Reads IDX from a stream that can seek.</summary>
    /// <param name="stream">The bytes, gzipped or not.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="DataFormatException">The bytes are not whole, valid IDX.</exception>
    public static IdxArray Read(Stream stream, string name)
    {
        long length = stream.Length - stream.Position;
        bool zipped = stream.ReadByte() == 0x1f && stream.ReadByte() == 0x8b;
        stream.Seek(-Math.Min(length, zipped ? 2 : 1), SeekOrigin.Current);
        if (!zipped)
            return ReadPlain(stream, name, length);
        using var unzipped = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
        // Deflate cannot shrink more than this, so a larger claim is false before anything is allocated for it.
        IdxArray array = ReadPlain(unzipped, name, length * MaxDeflateRatio);
        CheckTrailer(stream, name, 4 + 4 * array.Shape.Rank + array.Values.Length);
        return array;
    }

    /// <summary>Writes an IDX file, gzipped when its name ends in <c>.gz</c>.</summary>
    public static void Write(string path, IdxArray array)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            Write(file, array);
            return;
        }
        using var zipped = new GZipStream(file, CompressionLevel.SmallestSize);
        Write(zipped, array);
    }

    static void Write(Stream stream, IdxArray array)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, UnsignedByte << 8 | array.Shape.Rank);
        stream.Write(number);
        foreach (int axis in array.Shape.AsSpan())
        {
            BinaryPrimitives.WriteInt32BigEndian(number, axis);
            stream.Write(number);
        }
        stream.Write(array.Values);
    }

    // GZipStream takes a file cut inside its trailer for whole, and then checks no checksum.
    static void CheckTrailer(Stream stream, string name, int unzippedLength)
    {
        Span<byte> trailer = stackalloc byte[4];
        stream.Seek(-4, SeekOrigin.End);
        stream.ReadExactly(trailer);
        if (BinaryPrimitives.ReadInt32LittleEndian(trailer) != unzippedLength)
            throw new DataFormatException(name, "", "the gzip data is cut off or damaged at its end", FetchAgain);
    }

    static IdxArray ReadPlain(Stream stream, string name, long atMost)
    {
        try
        {
            Shape shape = ReadHeader(stream, name, atMost);
            return new(shape, ReadValues(stream, name, shape));
        }
        catch (InvalidDataException e)
        {
            throw new DataFormatException(name, "", "the gzip data is damaged", FetchAgain, e);
        }
    }

    static Shape ReadHeader(Stream stream, string name, long atMost)
    {
        int magic = ReadNumber(stream, name, 0);
        int type = magic >> 8, rank = magic & 0xff;
        if (type is < 0 or > 0xff || rank is 0 or > Shape.MaxRank)
            throw new DataFormatException(name, "offset 0", $"the magic number is 0x{magic:x8}, which is not IDX "
                + "(images start with 0x00000803, labels with 0x00000801)", "Check that this is the right file.");
        if (type != UnsignedByte)
            throw new DataFormatException(name, "offset 2", $"the numbers are of IDX type 0x{type:x2}, but only "
                + "unsigned bytes (0x08) are read", "Convert them to unsigned bytes.");
        Span<int> axes = stackalloc int[rank];
        long total = 1, header = 4 + 4 * rank;
        for (int i = 0; i < rank; i++)
        {
            axes[i] = ReadNumber(stream, name, 4 + 4 * i);
            if (axes[i] <= 0)
                throw new DataFormatException(name, $"offset {4 + 4 * i}", $"axis {i} has length {axes[i]}",
                    FetchAgain);
            total = Math.Min(total * axes[i], int.MaxValue * 2L);
        }
        if (total > int.MaxValue || total + header > atMost)
            throw new DataFormatException(name, "offset 4", $"the header promises {string.Join("×", axes.ToArray())} "
                + "bytes, more than the file can hold", FetchAgain);
        return Shape.Create(axes);
    }

    static int ReadNumber(Stream stream, string name, int offset)
    {
        Span<byte> bytes = stackalloc byte[4];
        return stream.ReadAtLeast(bytes, 4, throwOnEndOfStream: false) == 4
            ? BinaryPrimitives.ReadInt32BigEndian(bytes)
            : throw new DataFormatException(name, $"offset {offset}", "the file ends inside its header", FetchAgain);
    }

    static byte[] ReadValues(Stream stream, string name, Shape shape)
    {
        // Grows as data arrives: a false header cannot make a short file allocate much.
        var values = new byte[Math.Min(shape.Size, FirstBlock)];
        int read = 0;
        while (true)
        {
            read += stream.ReadAtLeast(values.AsSpan(read), values.Length - read, throwOnEndOfStream: false);
            if (read < values.Length)
                throw new DataFormatException(name, $"offset {4 + 4 * shape.Rank + read}", "the file is truncated: it "
                    + $"ends after {read:N0} of the {shape.Size:N0} bytes that its header {shape} promises",
                    FetchAgain);
            if (read == shape.Size)
                break;
            Array.Resize(ref values, (int)Math.Min(shape.Size, values.Length * 4L));
        }
        if (stream.ReadByte() >= 0)
            throw new DataFormatException(name, $"offset {4 + 4 * shape.Rank + read}", "there are bytes after the "
                + $"{shape.Size:N0} that the header {shape} promises", FetchAgain);
        return values;
    }

    const string FetchAgain = "Fetch or write the file again.";
}

/// <summary>An array of bytes with a shape, as an IDX file holds it.</summary>
/// <param name="Shape">The lengths of the axes: <c>[count, height, width]</c> for images, <c>[count]</c> for labels.
/// </param>
/// <param name="Values">The bytes, row-major.</param>
public sealed record IdxArray(Shape Shape, byte[] Values);
