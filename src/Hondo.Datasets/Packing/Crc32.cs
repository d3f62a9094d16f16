namespace Hondo.Data;

/// <summary>The checksum of PNG, gzip and xz: CRC-32 with the polynomial 0xEDB88320.</summary>
public static class Crc32
{
    static readonly uint[] Table = MakeTable();

    /// <summary>The checksum of some bytes, or of bytes that follow others.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="before">The checksum of what stands before them.</param>
    public static uint Of(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        uint crc = ~before;
        foreach (byte b in bytes)
            crc = Table[(byte)(crc ^ b)] ^ crc >> 8;
        return ~crc;
    }

    static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint entry = i;
            for (int bit = 0; bit < 8; bit++)
                entry = (entry & 1) == 0 ? entry >> 1 : entry >> 1 ^ 0xEDB88320;
            table[i] = entry;
        }
        return table;
    }
}
