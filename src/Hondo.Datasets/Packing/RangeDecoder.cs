using System.Runtime.CompilerServices;

namespace Hondo.Data;

/// <summary>
/// Reads bits that were written with probabilities (I. Pavlov's LZMA specification): each bit narrows a range.
/// </summary>
sealed class RangeDecoder(byte[] bytes)
{
    /// <summary>A probability of one half, of 2048.</summary>
    public const ushort Half = 1024;

    const uint Top = 1 << 24;

    uint _range, _code;
    int _at, _end;

    /// <summary>True when the bytes of this part are used up, as they are at its end.</summary>
    public bool IsAtEnd => _at == _end && _code == 0;

    /// <summary>Begins a part.</summary>
    /// <returns>False when it is too short, or does not start as parts do.</returns>
    public bool Begin(int start, int length)
    {
        if (length < 5 || bytes[start] != 0)
            return false;
        (_range, _code, _at, _end) = (uint.MaxValue, 0, start + 1, start + length);
        for (int i = 0; i < 4; i++)
            _code = _code << 8 | bytes[_at++];
        return true;
    }

    /// <summary>One bit of some probability, which it changes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Bit(ref ushort probability)
    {
        uint bound = (_range >> 11) * probability;
        int bit;
        if (_code < bound)
        {
            _range = bound;
            probability += (ushort)((2048 - probability) >> 5);
            bit = 0;
        }
        else
        {
            _range -= bound;
            _code -= bound;
            probability -= (ushort)(probability >> 5);
            bit = 1;
        }
        if (_range < Top)
            Refill();
        return bit;
    }

    // Beyond the end come zeros: the part is then longer than it says, which IsAtEnd tells.
    void Refill()
    {
        _range <<= 8;
        _code = _code << 8 | (_at < _end ? bytes[_at] : 0u);
        _at++;
    }

    /// <summary>Bits as likely 0 as 1, the highest first.</summary>
    public uint Plain(int count)
    {
        uint value = 0;
        for (; count > 0; count--)
        {
            _range >>= 1;
            uint bit = _code >= _range ? 1u : 0;
            _code -= _range * bit;
            value = value << 1 | bit;
            if (_range < Top)
                Refill();
        }
        return value;
    }

    /// <summary>A number of some bits, the highest first, by a tree of probabilities.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Tree(Span<ushort> probabilities, int bits)
    {
        int node = 1;
        for (int i = 0; i < bits; i++)
            node = node << 1 | Bit(ref probabilities[node]);
        return node - (1 << bits);
    }

    /// <summary>The same with the lowest bit first.</summary>
    public uint Reversed(Span<ushort> probabilities, int bits)
    {
        int node = 1;
        uint value = 0;
        for (int i = 0; i < bits; i++)
        {
            int bit = Bit(ref probabilities[node]);
            node = node << 1 | bit;
            value |= (uint)bit << i;
        }
        return value;
    }
}
