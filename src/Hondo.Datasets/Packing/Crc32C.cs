namespace Hondo.Data;

/// <summary>The checksum of TFRecord files: CRC-32C (Castagnoli 1993), with the polynomial 0x82F63B78.</summary>
static class Crc32C
{
    static readonly uint[] Table = MakeTable();

    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~0u;
        foreach (byte b in bytes)
            crc = Table[(byte)(crc ^ b)] ^ crc >> 8;
        return ~crc;
    }

    /// <summary>The checksum as TFRecord holds it: turned by 15 bits, with a constant added.</summary>
    public static uint Masked(ReadOnlySpan<byte> bytes) => unchecked(uint.RotateRight(Of(bytes), 15) + 0xA282EAD8);

    static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint entry = i;
            for (int bit = 0; bit < 8; bit++)
                entry = (entry & 1) == 0 ? entry >> 1 : entry >> 1 ^ 0x82F63B78;
            table[i] = entry;
        }
        return table;
    }
}
