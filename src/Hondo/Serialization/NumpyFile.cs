using System.Globalization;
using System.IO.Compression;
using System.Text;
using Hondo.Data;
using Hondo.Tensors;

namespace Hondo.Serialization;

/// <summary>
/// NumPy's files: one array in a <c>.npy</c>, several by name in a <c>.npz</c> (a ZIP archive of them), by the
/// published format (numpy.lib.format, versions 1 to 3). Numbers become the types that <see cref="DType"/> has: whole
/// ones and booleans Int32, half precision Float32. Pickled objects, which could run code, are refused.
/// </summary>
public static class NumpyFile
{
    const int MostHeader = 1 << 20;

    /// <summary>Reads the array of a <c>.npy</c> file.</summary>
    /// <exception cref="DataFormatException">There is no such file, or something in it is wrong.</exception>
    public static Tensor Read(string path)
    {
        using FileStream stream = DataFile.Open(path, "a .npy file");
        return Read(stream, path, "");
    }

    /// <summary>Reads the arrays of a <c>.npz</c> file by their names.</summary>
    /// <exception cref="DataFormatException">There is no such file, or something in it is wrong.</exception>
    public static IReadOnlyDictionary<string, Tensor> ReadArchive(string path)
    {
        using FileStream stream = DataFile.Open(path, "a .npz file");
        Dictionary<string, Tensor> arrays = [];
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
            foreach (ZipArchiveEntry entry in archive.Entries.Where(e => e.Name.EndsWith(".npy",
                StringComparison.Ordinal)))
            {
                using Stream content = entry.Open();
                if (!arrays.TryAdd(entry.FullName[..^4], Read(content, path, entry.FullName)))
                    throw new DataFormatException(path, entry.FullName, "two arrays have this name", "Save it again.");
            }
        }
        catch (InvalidDataException error)
        {
            throw new DataFormatException(path, "", "this is no ZIP archive, or it is damaged",
                "Save it again with numpy.savez.", error);
        }
        return arrays;
    }

    /// <summary>Writes a tensor as a <c>.npy</c> file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, Tensor values) => DurableFile.Write(path, stream => Write(stream, values));

    /// <summary>Writes tensors by their names as a <c>.npz</c> file, the same bytes for the same content.</summary>
    /// <param name="path">Where; its folder exists.</param>
    /// <param name="arrays">The tensors by name.</param>
    /// <param name="compress">True as <c>numpy.savez_compressed</c> does.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void WriteArchive(string path, IReadOnlyDictionary<string, Tensor> arrays, bool compress = false) =>
        DurableFile.Write(path, stream =>
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach ((string name, Tensor values) in arrays.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                ZipArchiveEntry entry = archive.CreateEntry(name + ".npy",
                    compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
                // The earliest date that ZIP has: a clock would make other bytes of the same content.
                entry.LastWriteTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using Stream content = entry.Open();
                Write(content, values);
            }
        });

    static void Write(Stream stream, Tensor values)
    {
        string type = values.DType switch { DType.Float64 => "<f8", DType.Int32 => "<i4", _ => "<f4" };
        string axes = string.Concat(values.Shape.Select(n => n.ToString(CultureInfo.InvariantCulture) + ", "));
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({axes.TrimEnd(' ')}), }}";
        // Numbers start at a multiple of 64 bytes.
        int padded = (10 + header.Length + 1 + 63) / 64 * 64 - 10;
        stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)padded, (byte)(padded >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(header.PadRight(padded - 1) + "\n"));
        stream.Write(values.Node.Value.Bytes);
    }

    static Tensor Read(Stream stream, string path, string place)
    {
        try
        {
            return Numbers(stream, ReadHeader(stream, path, place), path, place);
        }
        catch (EndOfStreamException error)
        {
            throw new DataFormatException(path, place, "the file ends before its numbers do", "Save it again.", error);
        }
        catch (OverflowException error)
        {
            throw new DataFormatException(path, place, "a number does not fit into 32 bits",
                "Save it with .astype(numpy.int32), or as floating numbers.", error);
        }
    }

    static string ReadHeader(Stream stream, string path, string place)
    {
        Span<byte> start = stackalloc byte[8];
        stream.ReadExactly(start);
        if (!start[..6].SequenceEqual((ReadOnlySpan<byte>)[0x93, .. "NUMPY"u8]) || start[6] is 0 or > 3)
            throw new DataFormatException(path, place, "this is no .npy array of versions 1 to 3",
                "Save it with numpy.save.");
        Span<byte> size = stackalloc byte[4];
        size.Clear();
        stream.ReadExactly(size[..(start[6] == 1 ? 2 : 4)]);
        int length = System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(size);
        if (length is < 0 or > MostHeader)
            throw new DataFormatException(path, place, $"its header would be {length} bytes long", "Save it again.");
        byte[] header = new byte[length];
        stream.ReadExactly(header);
        return Encoding.UTF8.GetString(header);
    }

    static Tensor Numbers(Stream stream, string header, string path, string place)
    {
        System.Text.RegularExpressions.Match match = NumpyHeader.Fields().Match(header);
        if (!match.Success || !NumpyHeader.Types.TryGetValue(match.Groups["type"].Value, out string? type))
            throw new DataFormatException(path, place, $"its numbers are of a kind that Hondo does not read: "
                + header.Trim(), "Save real or whole numbers, for example array.astype(numpy.float32).");
        Shape shape = NumpyHeader.ShapeOf(match.Groups["shape"].Value, path, place);
        bool isFortran = match.Groups["order"].Value == "True";
        int size = SafetensorsType.SizeOf(type);
        var leaf = new Leaf(isFortran ? Shape.Create([.. shape.Reverse()]) : shape, SafetensorsType.InMemory(type));
        byte[] bytes = ReadAll(stream, (long)shape.Size * size);
        if (match.Groups["end"].Value == ">")
            for (int i = 0; i < bytes.Length; i += size)
                bytes.AsSpan(i, size).Reverse();
        SafetensorsType.Convert(type, bytes, leaf.Value.Bytes);
        return isFortran && shape.Rank > 1 ? Reversed(leaf, shape) : new(leaf, 0);
    }

    // Memory grows with what was read: a header can claim any size.
    static byte[] ReadAll(Stream stream, long length)
    {
        const int Part = 1 << 24;
        using var memory = new MemoryStream();
        byte[] part = new byte[Math.Min(length, Part)];
        for (long read = 0; read < length;)
        {
            int count = (int)Math.Min(Part, length - read);
            stream.ReadExactly(part, 0, count);
            memory.Write(part, 0, count);
            read += count;
        }
        return memory.ToArray();
    }

    // Column-major numbers are the row-major ones of the axes back to front.
    static Tensor Reversed(Leaf leaf, Shape shape)
    {
        Shape strides = leaf.Shape;
        Span<int> steps = stackalloc int[Shape.MaxRank];
        AxisValues of = AxisValues.StridesOf(strides);
        for (int axis = 0; axis < shape.Rank; axis++)
            steps[axis] = of[shape.Rank - 1 - axis];
        var result = new Leaf(shape, leaf.Type);
        var selection = new Strided(shape, 0, AxisValues.Create(steps[..shape.Rank]));
        if (leaf.Type == DType.Float64)
            selection.Copy<double>(leaf.Value.As<double>(), result.Value.As<double>());
        else
            selection.Copy<int>(leaf.Value.As<int>(), result.Value.As<int>());
        return new(result, 0);
    }
}
