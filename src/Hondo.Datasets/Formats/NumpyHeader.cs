using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Hondo.Data;
using Hondo.Tensors;

namespace Hondo.Serialization;

/// <summary>The header of a NumPy array: a Python dictionary of its type, order and shape.</summary>
static partial class NumpyHeader
{
    const int MostHeader = 1 << 20;

    // NumPy's types, and what safetensors calls them.
    public static readonly Dictionary<string, string> Types = new()
    {
        ["f8"] = "F64",
        ["f4"] = "F32",
        ["f2"] = "F16",
        ["i8"] = "I64",
        ["i4"] = "I32",
        ["i2"] = "I16",
        ["u2"] = "U16",
        ["i1"] = "I8",
        ["u1"] = "U8",
        ["b1"] = "BOOL",
    };

    /// <summary>The shape that a tuple names.</summary>
    public static Shape ShapeOf(string text, string path, string place)
    {
        try
        {
            return [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(axis => int.Parse(axis, NumberStyles.None, CultureInfo.InvariantCulture))];
        }
        catch (Exception error) when (error is ShapeException or FormatException or OverflowException)
        {
            throw new DataFormatException(path, place, $"its shape ({text}) is none that a tensor can have",
                "Hondo's tensors have at most 6 axes and 2^31 - 1 numbers: save a part of it.", error);
        }
    }

    /// <summary>Reads a header as it is written.</summary>
    /// <exception cref="DataFormatException">This is no array.</exception>
    public static string Read(Stream stream, string path, string place)
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

    /// <summary>What NumPy calls a type.</summary>
    /// <exception cref="NotSupportedException">It has none.</exception>
    public static string NameOf(StorageType type) => Types.FirstOrDefault(pair => pair.Value == type.FileName).Key
        is { } name ? (type.Size == 1 ? "|" : "<") + name : throw new NotSupportedException(
            $"NumPy has no {type}: write Half or Float32, or a safetensors file.");

    /// <summary>Writes an array: its header, and its numbers.</summary>
    public static void Write(Stream stream, string type, Shape shape, ReadOnlySpan<byte> numbers)
    {
        string axes = string.Concat(shape.Select(n => n.ToString(CultureInfo.InvariantCulture) + ", "));
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({axes.TrimEnd(' ')}), }}";
        // Numbers start at a multiple of 64 bytes.
        int padded = (10 + header.Length + 1 + 63) / 64 * 64 - 10;
        stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)padded, (byte)(padded >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(header.PadRight(padded - 1) + "\n"));
        stream.Write(numbers);
    }

    /// <summary>Reads the three fields.</summary>
    [GeneratedRegex(@"^\{\s*'descr':\s*'(?<end>[<>|=])(?<type>\w\d)',\s*'fortran_order':\s*(?<order>True|False),\s*"
        + @"'shape':\s*\((?<shape>[0-9, ]*)\),?\s*\}\s*$", RegexOptions.CultureInvariant)]
    public static partial Regex Fields();
}
