using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hondo.Tensors;

namespace Hondo.Storage;

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
        IReadOnlyDictionary<string, string> metadata)
    {
        List<SafetensorsEntry> entries = [];
        long offset = 0;
        foreach ((string name, Tensor tensor) in tensors
            .OrderByDescending(pair => pair.Value.DType.Size).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            long end = offset + ((long)tensor.Size * tensor.DType.Size);
            entries.Add(new(name, SafetensorsType.NameOf(tensor.DType), tensor.Shape, offset, end));
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
