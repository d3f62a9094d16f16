using Google.Protobuf;

namespace Hondo.Insights.Tests;

/// <summary>A field of a message, read by Google's own reader of the encoding.</summary>
sealed record ProtoField(int Number, object Value)
{
    /// <summary>The fields of a message.</summary>
    public static List<ProtoField> Read(byte[] message)
    {
        var input = new CodedInputStream(message);
        List<ProtoField> fields = [];
        while (input.ReadTag() is var tag and not 0)
            fields.Add(new(WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => input.ReadInt64(),
                WireFormat.WireType.Fixed64 => input.ReadDouble(),
                WireFormat.WireType.Fixed32 => input.ReadFloat(),
                WireFormat.WireType.LengthDelimited => input.ReadBytes().ToByteArray(),
                var other => throw new InvalidOperationException($"{other}"),
            }));
        return fields;
    }
}
