using System.Text;

namespace Hondo.Insights.Tests;

/// <summary>A record of an event file: an Event message, its fields by the public definitions' numbers.</summary>
sealed class EventRecord(byte[] message)
{
    readonly List<ProtoField> _fields = ProtoField.Read(message);

    public double WallTime => (double)Of(1)!;

    public long Step => (long)Of(2)!;

    public string? Version => Of(3) is byte[] text ? Encoding.UTF8.GetString(text) : null;

    public byte[]? Graph => Of(4) as byte[];

    /// <summary>The one Value of the Summary.</summary>
    public List<ProtoField>? Value => Of(5) is byte[] summary
        ? ProtoField.Read((byte[])Assert.Single(ProtoField.Read(summary)).Value) : null;

    public string? Tag => Value is { } value ? Encoding.UTF8.GetString((byte[])value[0].Value) : null;

    object? Of(int number) => _fields.SingleOrDefault(field => field.Number == number)?.Value;

    /// <summary>The only event file of a folder, every checksum verified.</summary>
    public static List<EventRecord> ReadFolder(string folder)
    {
        byte[] file = File.ReadAllBytes(Assert.Single(Directory.GetFiles(folder, "events.out.tfevents.*")));
        List<EventRecord> records = [];
        for (int at = 0; at < file.Length;)
        {
            int length = checked((int)BitConverter.ToUInt64(file, at));
            Assert.Equal(Masked(file.AsSpan(at, 8)), BitConverter.ToUInt32(file, at + 8));
            byte[] message = file.AsSpan(at + 12, length).ToArray();
            Assert.Equal(Masked(message), BitConverter.ToUInt32(file, at + 12 + length));
            records.Add(new(message));
            at += length + 16;
        }
        return records;
    }

    // By polynomial division, bit by bit, and masked as the description of TFRecord says: not our table.
    static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte b in bytes)
            for (int bit = 0; bit < 8; bit++)
            {
                uint low = (crc ^ (uint)(b >> bit)) & 1;
                crc = (crc >> 1) ^ (low * 0x82F63B78);
            }
        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }
}
