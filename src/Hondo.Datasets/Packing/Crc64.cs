namespace Hondo.Data;

/// <summary>The checksum of xz: CRC-64 with the polynomial 0xC96C5795D7870F42.</summary>
static class Crc64
{
    static readonly ulong[] Table = MakeTable();

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong crc = ulong.MaxValue;
        foreach (byte b in bytes)
            crc = Table[(byte)(crc ^ b)] ^ crc >> 8;
        return ~crc;
    }

    static ulong[] MakeTable()
    {
        var table = new ulong[256];
        for (ulong i = 0; i < 256; i++)
        {
            ulong entry = i;
            for (int bit = 0; bit < 8; bit++)
                entry = (entry & 1) == 0 ? entry >> 1 : entry >> 1 ^ 0xC96C5795D7870F42;
            table[i] = entry;
        }
        return table;
    }
}
