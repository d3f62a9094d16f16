using System.IO.Compression;
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
    /// <summary>Reads the array of a <c>.npy</c> file.</summary>
    /// <exception cref="DataFormatException">There is no such file, or something in it is wrong.</exception>
    public static Tensor Read(string path)
    {
        using FileStream stream = DataFile.Open(path, "a .npy file");
        return Read(stream, path, "");
    }

    /// <summary>Reads the array of a <c>.npy</c> file as it is kept there: 64-bit numbers, halves, bytes, masks.
    /// </summary>
    /// <exception cref="DataFormatException">There is no such file, something in it is wrong, or its type is no
    /// <see cref="StorageType"/>.</exception>
    public static StoredTensor ReadStored(string path)
    {
        using FileStream stream = DataFile.Open(path, "a .npy file");
        return Guarded(path, "", () =>
        {
            (string type, Shape shape, bool isFortran, byte[] bytes) = Content(stream, path, "");
            return StorageTypes.Named(type) is { } kept && !(isFortran && shape.Rank > 1)
                ? StoredTensor.OfBytes(bytes, shape, kept)
                : throw new DataFormatException(path, "", $"its numbers are {type}{(isFortran ? ", column by column"
                    : "")}, which can only be read as a tensor", "Read it with NumpyFile.Read, or save it with "
                    + "numpy.ascontiguousarray in another type.");
        });
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

    /// <summary>Writes numbers as they are kept: <c>NumpyFile.Write(path, StoredTensor.Of(x, StorageType.Half))</c>.
    /// </summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="NotSupportedException">They are BFloat16, which NumPy does not have.</exception>
    public static void Write(string path, StoredTensor values) =>
        DurableFile.Write(path, stream =>
            NumpyHeader.Write(stream, NumpyHeader.NameOf(values.Type), values.Shape, values.Bytes));

    /// <summary>Writes tensors by their names as a <c>.npz</c> file, the same bytes for the same content.</summary>
    /// <param name="path">Where; its folder exists.</param>
    /// <param name="arrays">The tensors by name.</param>
    /// <param name="compress">True as <c>numpy.savez_compressed</c> does.</param>
    /// <param name="storage">How arrays are kept, by their names; others in their own type.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="OverflowException">A number does not fit the type that it is to be kept in.</exception>
    /// <exception cref="NotSupportedException">A type is BFloat16, which NumPy does not have.</exception>
    public static void WriteArchive(string path, IReadOnlyDictionary<string, Tensor> arrays, bool compress = false,
        IReadOnlyDictionary<string, StorageType>? storage = null) =>
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
                if (storage?.TryGetValue(name, out StorageType type) == true)
                    NumpyHeader.Write(content, NumpyHeader.NameOf(type), values.Shape,
                        StoredTensor.Of(values, type).Bytes);
                else
                    Write(content, values);
            }
        });

    static void Write(Stream stream, Tensor values) => NumpyHeader.Write(stream, values.DType switch
    {
        DType.Float64 => "<f8",
        DType.Int32 => "<i4",
        _ => "<f4",
    }, values.Shape, values.Node.Value.Bytes);

    static Tensor Read(Stream stream, string path, string place) =>
        Guarded(path, place, () => Numbers(Content(stream, path, place)));

    static T Guarded<T>(string path, string place, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (EndOfStreamException error)
        {
            throw new DataFormatException(path, place, "the file ends before its numbers do", "Save it again.", error);
        }
        catch (OverflowException error)
        {
            throw new DataFormatException(path, place, "a number does not fit into 32 bits",
                "Read it with NumpyFile.ReadStored, or save it with .astype(numpy.int32), or as floating numbers.",
                error);
        }
    }

    static (string Type, Shape Shape, bool IsFortran, byte[] Bytes) Content(Stream stream, string path, string place)
    {
        string header = NumpyHeader.Read(stream, path, place);
        System.Text.RegularExpressions.Match match = NumpyHeader.Fields().Match(header);
        if (!match.Success || !NumpyHeader.Types.TryGetValue(match.Groups["type"].Value, out string? type))
            throw new DataFormatException(path, place, $"its numbers are of a kind that Hondo does not read: "
                + header.Trim(), "Save real or whole numbers, for example array.astype(numpy.float32).");
        Shape shape = NumpyHeader.ShapeOf(match.Groups["shape"].Value, path, place);
        int size = SafetensorsType.SizeOf(type);
        byte[] bytes = ReadAll(stream, (long)shape.Size * size);
        if (match.Groups["end"].Value == ">")
            for (int i = 0; i < bytes.Length; i += size)
                bytes.AsSpan(i, size).Reverse();
        return (type, shape, match.Groups["order"].Value == "True", bytes);
    }

    static Tensor Numbers((string Type, Shape Shape, bool IsFortran, byte[] Bytes) of)
    {
        Shape shape = of.Shape;
        var leaf = new Leaf(of.IsFortran ? Shape.Create([.. shape.Reverse()]) : shape,
            SafetensorsType.InMemory(of.Type));
        SafetensorsType.Convert(of.Type, of.Bytes, leaf.Value.Bytes);
        return of.IsFortran && shape.Rank > 1 ? Reversed(leaf, shape) : new(leaf, 0);
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
