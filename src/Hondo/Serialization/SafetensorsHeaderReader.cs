using System.Text.Json;
using Hondo.Data;
using Hondo.Tensors;

namespace Hondo.Serialization;

/// <summary>Reads the JSON of a header and believes nothing in it.</summary>
/// <param name="file">The file's path, for errors.</param>
/// <param name="dataLength">How many bytes follow the header.</param>
sealed class SafetensorsHeaderReader(string file, long dataLength)
{
    // More than any published model has; it bounds the memory that a hostile header can cost.
    const int MaxEntries = 1 << 17;

    // A tensor's bytes, as float64 at most, lie in one array.
    const long MaxCount = int.MaxValue / 8 - 64;

    const string Mend = "The file is damaged or no safetensors file; fetch or write it again.";

    readonly Dictionary<string, string> _metadata = [];
    readonly HashSet<string> _names = [];
    readonly List<SafetensorsEntry> _entries = [];

    /// <summary>Reads a header.</summary>
    /// <exception cref="DataFormatException">Something in it is malformed or contradicts the file's length.</exception>
    public SafetensorsHeader Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
        try
        {
            ReadAll(ref reader);
        }
        // GetString throws InvalidOperationException for bytes that are no UTF-8, and for half of a surrogate pair.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw Damaged($"header, byte {reader.BytesConsumed}", "the header is not valid JSON", error);
        }
        _entries.Sort((a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        CheckCoverage();
        return new(_entries, _metadata);
    }

    void ReadAll(ref Utf8JsonReader reader)
    {
        Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject, "", "the header must be a JSON object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            Expect(_names.Add(name), name, "the name occurs twice");
            Expect(_names.Count <= MaxEntries, name, $"there are more than {MaxEntries} tensors");
            reader.Read();
            if (name == SafetensorsHeader.MetadataName)
                ReadMetadata(ref reader);
            else
                _entries.Add(ReadEntry(ref reader, name));
        }
        reader.Read();
    }

    void ReadMetadata(ref Utf8JsonReader reader)
    {
        const string Place = SafetensorsHeader.MetadataName;
        Expect(reader.TokenType == JsonTokenType.StartObject, Place, "the metadata must be an object of texts");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            Expect(reader.Read() && reader.TokenType == JsonTokenType.String, Place, $"'{Shown(name)}' must be a text");
            Expect(_metadata.TryAdd(name, reader.GetString()!), Place, $"'{Shown(name)}' occurs twice");
            Expect(_metadata.Count <= MaxEntries, Place, $"there are more than {MaxEntries} texts");
        }
    }

    SafetensorsEntry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        string? type = null;
        long[]? shape = null, offsets = null;
        Expect(reader.TokenType == JsonTokenType.StartObject, name, "a tensor must be a JSON object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string field = reader.GetString()!;
            reader.Read();
            if (field == "dtype" && type is null && reader.TokenType == JsonTokenType.String)
                type = reader.GetString();
            else if (field == "shape" && shape is null)
                shape = ReadNumbers(ref reader, name, Shape.MaxRank);
            else if (field == "data_offsets" && offsets is null)
                offsets = ReadNumbers(ref reader, name, 2);
            else
                throw Damaged(Place(name),
                    $"the field '{Shown(field)}' is not one of dtype, shape and data_offsets, or not as it should be");
        }
        Expect(type is not null && shape is not null && offsets is [_, _], name,
            "dtype, shape and two data_offsets are needed");
        return Check(name, type!, shape!, offsets!);
    }

    long[] ReadNumbers(ref Utf8JsonReader reader, string name, int most)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray, name, "shape and data_offsets must be lists");
        List<long> numbers = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(numbers.Count < most, name, $"the list has more than {most} numbers");
            long number = -1;
            Expect(reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out number) && number >= 0, name,
                "shape and data_offsets hold whole numbers from 0");
            numbers.Add(number);
        }
        return [.. numbers];
    }

    SafetensorsEntry Check(string name, string type, long[] shape, long[] offsets)
    {
        int size = SafetensorsType.SizeOf(type);
        Expect(size > 0, name,
            $"numbers of type {Shown(type)} cannot be read (F32, F64, F16, BF16, BOOL and whole numbers can)");
        UInt128 length = BytesOf(shape, size);
        long begin = offsets[0], end = offsets[1];
        Expect(begin <= end && end <= dataLength, name,
            $"the bytes {begin} to {end} do not lie in the file, which holds {dataLength} bytes of numbers");
        Expect((UInt128)(end - begin) == length, name,
            $"{type} [{string.Join(", ", shape)}] takes {length} bytes, but the file gives it {end - begin}");
        Expect(length <= (UInt128)(MaxCount * size) && shape.All(axis => axis <= int.MaxValue), name,
            "the tensor is larger than Hondo can hold");
        return new(name, type, [.. shape.Select(axis => (int)axis)], begin, end);
    }

    // A product of file's numbers can exceed any type: it stops growing at the largest long.
    static UInt128 BytesOf(long[] shape, int size)
    {
        var length = (UInt128)size;
        foreach (long axis in shape)
            length = UInt128.Min(length * (UInt128)axis, long.MaxValue);
        return length;
    }

    // Every byte belongs to one tensor: the format allows neither holes nor overlaps, in which data could hide.
    void CheckCoverage()
    {
        long covered = 0;
        foreach (SafetensorsEntry entry in _entries)
        {
            Expect(entry.Begin == covered, entry.Name, entry.Begin < covered
                ? "its bytes overlap those of another tensor"
                : $"the bytes {covered} to {entry.Begin} before it belong to no tensor");
            covered = entry.End;
        }
        Expect(covered == dataLength, "", $"the last {dataLength - covered} bytes belong to no tensor");
    }

    void Expect(bool isTrue, string name, string problem)
    {
        if (!isTrue)
            throw Damaged(Place(name), problem);
    }

    static string Place(string name) => name.Length == 0 ? "header" : $"header, \"{Shown(name)}\"";

    // A name from a file may hold anything, but an error is shown on a terminal.
    static string Shown(string name) =>
        string.Concat(name.Take(60).Select(c => char.IsControl(c) ? '?' : c)) + (name.Length > 60 ? "…" : "");

    DataFormatException Damaged(string place, string problem, Exception? inner = null) =>
        new(file, place, problem, Mend, inner);
}
