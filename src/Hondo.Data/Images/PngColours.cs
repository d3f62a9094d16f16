using System.Buffers.Binary;

namespace Hondo.Data;

/// <summary>The palette of a PNG file, and what in it is transparent.</summary>
sealed class PngColours
{
    readonly byte[] _palette = new byte[256 * 4];
    readonly int[] _key = [-1, -1, -1];
    int _count;
    bool _hasAlpha;

    /// <summary>The channels of the decoded picture.</summary>
    public int Channels(PngColour colour) => colour switch
    {
        PngColour.Grey => _hasAlpha ? 2 : 1,
        PngColour.GreyAlpha => 2,
        PngColour.Rgba => 4,
        _ => _hasAlpha ? 4 : 3,
    };

    /// <summary>True when a palette was read.</summary>
    public bool HasPalette => _count > 0;

    /// <summary>Reads the palette; null, or what is wrong with it.</summary>
    public string? ReadPalette(ReadOnlySpan<byte> data, PngHeader header)
    {
        if (HasPalette)
            return "there are two palettes";
        if (header.Colour is PngColour.Grey or PngColour.GreyAlpha)
            return "a grey picture has a palette";
        if (data.Length is 0 or > 768 || data.Length % 3 != 0
            || (header.Colour == PngColour.Palette && data.Length / 3 > 1 << header.Depth))
            return $"the palette has {data.Length} bytes";
        _count = data.Length / 3;
        for (int i = 0; i < _count; i++)
        {
            data.Slice(3 * i, 3).CopyTo(_palette.AsSpan(4 * i));
            _palette[4 * i + 3] = 255;
        }
        return null;
    }

    /// <summary>Reads what is transparent; null, or what is wrong with it.</summary>
    public string? ReadTransparency(ReadOnlySpan<byte> data, PngHeader header)
    {
        if (_hasAlpha)
            return "there are two chunks of transparency";
        _hasAlpha = true;
        if (header.Colour == PngColour.Palette)
        {
            if (data.Length > _count)
                return $"{data.Length} transparencies are given for {_count} colours";
            for (int i = 0; i < data.Length; i++)
                _palette[4 * i + 3] = data[i];
            return null;
        }
        if (header.Colour is PngColour.GreyAlpha or PngColour.Rgba || data.Length != 2 * header.Samples)
            return $"{data.Length} bytes of transparency do not fit the colour type {(int)header.Colour}";
        for (int i = 0; i < header.Samples; i++)
            _key[i] = BinaryPrimitives.ReadUInt16BigEndian(data[(2 * i)..]);
        return null;
    }

    /// <summary>
    /// Turns stored numbers of one row into pixels of 8 bits.
    /// </summary>
    /// <returns>The first pixel whose number is not in the palette, or −1.</returns>
    public int Expand(ReadOnlySpan<byte> row, PngHeader header, int width, Span<byte> pixels, int stride)
    {
        int channels = Channels(header.Colour), samples = header.Samples;
        for (int x = 0; x < width; x++)
        {
            Span<byte> pixel = pixels.Slice(x * stride, channels);
            if (header.Colour == PngColour.Palette)
            {
                int entry = Sample(row, x, header.Depth);
                if (entry >= _count)
                    return x;
                _palette.AsSpan(4 * entry, channels).CopyTo(pixel);
                continue;
            }
            bool isKey = _hasAlpha;
            for (int s = 0; s < samples; s++)
            {
                int value = Sample(row, x * samples + s, header.Depth);
                isKey = isKey && value == _key[s];
                pixel[s] = ToByte(value, header.Depth);
            }
            if (samples < channels)
                pixel[samples] = isKey ? (byte)0 : (byte)255;
        }
        return -1;
    }

    static int Sample(ReadOnlySpan<byte> row, int i, int depth) => depth switch
    {
        8 => row[i],
        16 => row[2 * i] << 8 | row[2 * i + 1],
        _ => row[i * depth >> 3] >> (8 - depth - (i * depth & 7)) & ((1 << depth) - 1),
    };

    // 255 / (2^depth − 1) times the value, rounded.
    static byte ToByte(int value, int depth) => (byte)(depth switch
    {
        16 => (value * 255 + 32895) >> 16,
        8 => value,
        4 => value * 17,
        2 => value * 85,
        _ => value * 255,
    });
}
