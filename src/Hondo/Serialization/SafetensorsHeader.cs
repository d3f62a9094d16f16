using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hondo.Tensors;

namespace Hondo.Serialization;

/// <summary>
/// The header of a safetensors file, and how it is written: always the same bytes for the same content.
/// </summary>
/// <param name="Entries">The tensors in the order of their bytes.</param>
/// <param name="Metadata">Texts by name.</param>
sealed record SafetensorsHeader(IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The name under which the format keeps <see cref="Metadata"/>.</summary>
    public const string MetadataName = "__metadata__";

    /// <summary>The length, a 64-bit number, comes before the header.</summary>
    public const int PrefixLength = 8;

    // Plain text is nicer to read than \u escapes, and the file is never a part of a web page.
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// A header for tensors to be written: wider numbers first, so that each starts on a multiple of its size, then
    /// sorted by name.
    /// </summary>
    public static SafetensorsHeader For(IReadOnlyDictionary<string, Tensor> tensors,
        IReadOnlyDictionary<string, StorageType> storage, IReadOnlyDictionary<string, string> metadata)
    {
        List<SafetensorsEntry> entries = [];
        long offset = 0;
        string TypeOf(string name) => storage.TryGetValue(name, out StorageType type) ? type.FileName
            : SafetensorsType.NameOf(tensors[name].DType);
        foreach ((string name, string type) in tensors.Keys.Select(name => (name, TypeOf(name)))
            .OrderByDescending(pair => SafetensorsType.SizeOf(pair.Item2))
            .ThenBy(pair => pair.name, StringComparer.Ordinal))
        {
            long end = offset + ((long)tensors[name].Size * SafetensorsType.SizeOf(type));
            entries.Add(new(name, type, tensors[name].Shape, offset, end));
            offset = end;
        }
        return new(entries, metadata);
    }

    /// <summary>The same header with one more text.</summary>
    public SafetensorsHeader With(string name, string text) =>
        this with { Metadata = new Dictionary<string, string>(Metadata) { [name] = text } };

    /// <summary>Length and JSON, padded with spaces so that the numbers start on a multiple of 8.</summary>
    public byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Plain))
            WriteTo(json);
        int length = (buffer.WrittenCount + 7) & -8;
        byte[] bytes = new byte[PrefixLength + length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        bytes.AsSpan(PrefixLength).Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(bytes.AsSpan(PrefixLength));
        return bytes;
    }

    void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (Metadata.Count > 0)
            WriteMetadata(json);
        foreach (SafetensorsEntry entry in Entries)
            WriteEntry(json, entry);
        json.WriteEndObject();
    }

    void WriteMetadata(Utf8JsonWriter json)
    {
        json.WriteStartObject(MetadataName);
        foreach ((string name, string text) in Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(name, text);
        json.WriteEndObject();
    }

    static void WriteEntry(Utf8JsonWriter json, SafetensorsEntry entry)
    {
        json.WriteStartObject(entry.Name);
        json.WriteString("dtype", entry.Type);
        json.WriteStartArray("shape");
        foreach (int axis in entry.Shape)
            json.WriteNumberValue(axis);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(entry.Begin);
        json.WriteNumberValue(entry.End);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

/// <summary>What a safetensors header says of one tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The file's type of its numbers, e.g. <c>F32</c>.</param>
/// <param name="Shape">Its axes.</param>
/// <param name="Begin">Where its bytes start, counted from the end of the header.</param>
/// <param name="End">Where they end.</param>
readonly record struct SafetensorsEntry(string Name, string Type, Shape Shape, long Begin, long End)
{
    public int Length => (int)(End - Begin);
}

/// <summary>The number types of safetensors files, and how each becomes one of Hondo's.</summary>
static class SafetensorsType
{
    /// <summary>Bytes of one number, or 0 for a type that is not known.</summary>
    public static int SizeOf(string type) => type switch
    {
        "F64" or "I64" => 8,
        "F32" or "I32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "U8" or "I8" or "BOOL" => 1,
        _ => 0,
    };

    /// <summary>The type that numbers become in memory: whole numbers Int32, half precision Float32.</summary>
    public static DType InMemory(string type) => type switch
    {
        "F64" => DType.Float64,
        "F32" or "F16" or "BF16" => DType.Float32,
        _ => DType.Int32,
    };

    /// <summary>How a type is called in files.</summary>
    public static string NameOf(DType type) => type switch
    {
        DType.Float64 => "F64",
        DType.Int32 => "I32",
        _ => "F32",
    };

    /// <summary>Turns the bytes of a file into numbers.</summary>
    /// <param name="type">The file's type.</param>
    /// <param name="bytes">What the file holds.</param>
    /// <param name="into">The memory of a tensor of the type that <see cref="InMemory"/> tells.</param>
    /// <exception cref="OverflowException">A 64-bit number does not fit into 32 bits.</exception>
    public static void Convert(string type, ReadOnlySpan<byte> bytes, Span<byte> into)
    {
        Span<int> whole = MemoryMarshal.Cast<byte, int>(into);
        Span<float> real = MemoryMarshal.Cast<byte, float>(into);
        int size = SizeOf(type);
        switch (type)
        {
            case "F64" or "F32" or "I32":
                bytes.CopyTo(into);
                break;
            case "F16" or "BF16":
                for (int i = 0; i < real.Length; i++)
                    real[i] = Half(type, bytes.Slice(i * size, size));
                break;
            default:
                for (int i = 0; i < whole.Length; i++)
                    whole[i] = Whole(type, bytes.Slice(i * size, size));
                break;
        }
    }

    // BF16 is the upper half of a float32.
    static float Half(string type, ReadOnlySpan<byte> bytes) => type == "F16"
        ? (float)BinaryPrimitives.ReadHalfLittleEndian(bytes)
        : BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16);

    static int Whole(string type, ReadOnlySpan<byte> bytes) => type switch
    {
        "I64" => checked((int)BinaryPrimitives.ReadInt64LittleEndian(bytes)),
        "I16" => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        "U16" => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        "I8" => (sbyte)bytes[0],
        _ => bytes[0],
    };
}
