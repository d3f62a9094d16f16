using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Hondo.Data.Tests;

/// <summary>Writes PNG files of every kind, and of wrong kinds, number by number: the slow twin of the
/// reader.</summary>
sealed class PngBytes(int width, int height, int depth, int colour, bool interlaced = false)
{
    public int Depth => depth;

    static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    public int Samples { get; } = colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    public byte[] Palette { get; init; } = [];

    public byte[] Transparency { get; init; } = [];

    /// <summary>Some number for each place, different from its neighbours.</summary>
    public int Value(int y, int x, int sample) =>
        (int)((y * 2654435761L + x * 40503 + sample * 977 + (long)y * x * 7919) >> 3) & ((1 << depth) - 1);

    public byte[] File() => [.. Start(), .. Chunk("IDAT", Zip(Rows())), .. Chunk("IEND", [])];

    /// <summary>Everything before the rows.</summary>
    public byte[] Start() =>
    [
        0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10,
        .. Chunk("IHDR", [.. Number(width), .. Number(height), (byte)depth, (byte)colour, 0, 0, interlaced ? (byte)1
            : (byte)0]),
        .. Palette.Length > 0 ? Chunk("PLTE", Palette) : [],
        .. Transparency.Length > 0 ? Chunk("tRNS", Transparency) : [],
    ];

    public byte[] Rows()
    {
        List<byte> bytes = [];
        foreach ((int x0, int y0, int stepX, int stepY) in interlaced ? Adam7 : [(0, 0, 1, 1)])
        {
            byte[]? above = null;
            for (int y = y0; y < height && x0 < width; y += stepY)
            {
                byte[] row = Row(y, x0, stepX);
                byte filter = (byte)(y % 5);
                bytes.Add(filter);
                bytes.AddRange(Filter(filter, row, above ?? new byte[row.Length]));
                above = row;
            }
        }
        return [.. bytes];
    }

    byte[] Row(int y, int x0, int stepX)
    {
        StringBuilder bits = new();
        for (int x = x0; x < width; x += stepX)
            for (int s = 0; s < Samples; s++)
                bits.Append(Convert.ToString(Value(y, x, s), 2).PadLeft(depth, '0'));
        while (bits.Length % 8 != 0)
            bits.Append('0');
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.ToString(8 * i, 8), 2))];
    }

    byte[] Filter(int filter, byte[] row, byte[] above)
    {
        int back = Math.Max(1, Samples * depth / 8);
        return [.. row.Select((value, i) =>
        {
            int a = i < back ? 0 : row[i - back], b = above[i], c = i < back ? 0 : above[i - back], p = a + b - c;
            int nearest = new[] { a, b, c }.MinBy(side => Math.Abs(p - side));
            return (byte)(value - filter switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, _ => nearest });
        })];
    }

    public static byte[] Zip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var zlib = new ZLibStream(zipped, CompressionLevel.Fastest))
            zlib.Write(bytes);
        return zipped.ToArray();
    }

    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        return [.. Number(data.Length), .. named, .. Number((int)Crc(named))];
    }

    static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    static uint Crc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
            for (int bit = 0; bit < 8; bit++)
                crc = ((crc ^ b >> bit) & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xEDB88320;
        return ~crc;
    }
}
