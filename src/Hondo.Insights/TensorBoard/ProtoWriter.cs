using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Hondo.Insights;

/// <summary>A message of Protocol Buffers, field by field, in the form of its encoding specification.</summary>
sealed class ProtoWriter
{
    const int VarintType = 0, Fixed64Type = 1, LengthType = 2, Fixed32Type = 5;

    readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>The message so far.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <summary>An integer or an enumeration.</summary>
    public ProtoWriter Whole(int field, long number)
    {
        Varint((ulong)(field << 3 | VarintType));
        Varint((ulong)number);
        return this;
    }

    /// <summary>A double.</summary>
    public ProtoWriter Double(int field, double number)
    {
        Varint((ulong)(field << 3 | Fixed64Type));
        Raw(number);
        return this;
    }

    /// <summary>A float.</summary>
    public ProtoWriter Float(int field, float number)
    {
        Varint((ulong)(field << 3 | Fixed32Type));
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, number);
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>A text.</summary>
    public ProtoWriter Text(int field, string text) => Data(field, Encoding.UTF8.GetBytes(text));

    /// <summary>A message within this one.</summary>
    public ProtoWriter Message(int field, ProtoWriter message) => Data(field, message.Bytes);

    /// <summary>Bytes.</summary>
    public ProtoWriter Data(int field, ReadOnlySpan<byte> bytes)
    {
        Varint((ulong)(field << 3 | LengthType));
        Varint((ulong)bytes.Length);
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Doubles in one packed field.</summary>
    public ProtoWriter Doubles(int field, IReadOnlyCollection<double> numbers)
    {
        Varint((ulong)(field << 3 | LengthType));
        Varint((ulong)(numbers.Count * sizeof(double)));
        foreach (double number in numbers)
            Raw(number);
        return this;
    }

    void Raw(double number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, number);
        _bytes.Write(bytes);
    }

    void Varint(ulong number)
    {
        for (; number > 0x7f; number >>= 7)
            Byte((byte)(number | 0x80));
        Byte((byte)number);
    }

    void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }
}
