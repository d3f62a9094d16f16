namespace Hondo.Data;

/// <summary>
/// Unpacks LZMA: bytes as they are, and repetitions of what came before. What is unpacked is the dictionary itself.
/// </summary>
sealed class Lzma(RangeDecoder bits)
{
    const int States = 12, FirstCopied = 7, MostPlaces = 16;

    readonly ushort[] _isCopy = new ushort[States * MostPlaces], _isAgain = new ushort[States],
        _isNewer = new ushort[States], _isNewest2 = new ushort[States], _isNewest3 = new ushort[States],
        _isLong = new ushort[States * MostPlaces], _slots = new ushort[4 * 64], _special = new ushort[128],
        _align = new ushort[16];

    readonly LzmaLengths _lengths = new(), _lengthsAgain = new();
    readonly int[] _distances = new int[4];
    ushort[] _literals = [];
    int _context, _placeOfLiteral, _placeMask, _state;

    /// <summary>Reads how many bits of the context count (lc, lp, pb).</summary>
    /// <returns>False when the byte is out of range.</returns>
    public bool SetProperties(byte value)
    {
        if (value >= 9 * 5 * 5)
            return false;
        int rest = value / 9;
        (_context, _placeOfLiteral, _placeMask) = (value % 9, (1 << rest % 5) - 1, (1 << rest / 5) - 1);
        if (_context + rest % 5 > 4)
            return false;
        _literals = new ushort[0x300 << (_context + rest % 5)];
        return true;
    }

    /// <summary>Forgets all probabilities.</summary>
    public void Reset()
    {
        foreach (ushort[] part in (ReadOnlySpan<ushort[]>)[_isCopy, _isAgain, _isNewer, _isNewest2, _isNewest3, _isLong,
            _slots, _special, _align, _literals])
            part.AsSpan().Fill(RangeDecoder.Half);
        _lengths.Reset();
        _lengthsAgain.Reset();
        _distances.AsSpan().Clear();
        _state = 0;
    }

    /// <summary>Unpacks until a part is full.</summary>
    /// <param name="to">What is unpacked, from the dictionary's start on.</param>
    /// <param name="at">Where the part starts.</param>
    /// <returns>False when a repetition is of bytes before the start, or passes the part's end.</returns>
    public bool Unpack(Span<byte> to, int at)
    {
        while (at < to.Length)
        {
            int place = at & _placeMask;
            if (bits.Bit(ref _isCopy[_state * MostPlaces + place]) == 0)
            {
                to[at] = Literal(to, at);
                at++;
                continue;
            }
            int length = bits.Bit(ref _isAgain[_state]) == 0 ? ReadDistance(place) : ReadAgain(place);
            if ((uint)_distances[0] >= (uint)at || length > to.Length - at)
                return false;
            for (int from = at - _distances[0] - 1, end = at + length; at < end; at++, from++)
                to[at] = to[from];
        }
        return true;
    }

    byte Literal(ReadOnlySpan<byte> to, int at)
    {
        int before = at > 0 ? to[at - 1] : 0;
        int context = ((at & _placeOfLiteral) << _context) + (before >> (8 - _context));
        Span<ushort> probabilities = _literals.AsSpan(0x300 * context, 0x300);
        int node = 1;
        // After a copy the byte is probably not the one that the copy would go on with: its bits tell which it is.
        if (_state >= FirstCopied && _distances[0] < at)
        {
            int match = to[at - _distances[0] - 1];
            while (node < 0x100)
            {
                int expected = match >> 7 & 1;
                match <<= 1;
                int bit = bits.Bit(ref probabilities[((1 + expected) << 8) + node]);
                node = node << 1 | bit;
                if (bit != expected)
                    break;
            }
        }
        while (node < 0x100)
            node = node << 1 | bits.Bit(ref probabilities[node]);
        _state = _state < 4 ? 0 : _state < 10 ? _state - 3 : _state - 6;
        return (byte)node;
    }

    int ReadDistance(int place)
    {
        (_distances[3], _distances[2], _distances[1]) = (_distances[2], _distances[1], _distances[0]);
        int length = _lengths.Read(bits, place);
        _state = _state < FirstCopied ? 7 : 10;
        int slot = bits.Tree(_slots.AsSpan(64 * Math.Min(length - 2, 3), 64), 6);
        if (slot < 4)
        {
            _distances[0] = slot;
            return length;
        }
        int low = (slot >> 1) - 1;
        uint distance = (uint)(2 | slot & 1) << low;
        distance += slot < 14
            ? bits.Reversed(_special.AsSpan((int)distance - slot), low)
            : (bits.Plain(low - 4) << 4) + bits.Reversed(_align, 4);
        _distances[0] = (int)distance;
        return length;
    }

    int ReadAgain(int place)
    {
        if (bits.Bit(ref _isNewer[_state]) == 0)
        {
            if (bits.Bit(ref _isLong[_state * MostPlaces + place]) == 0)
            {
                _state = _state < FirstCopied ? 9 : 11;
                return 1;
            }
        }
        else
            Recall(bits.Bit(ref _isNewest2[_state]) == 0 ? 1 : bits.Bit(ref _isNewest3[_state]) == 0 ? 2 : 3);
        int length = _lengthsAgain.Read(bits, place);
        _state = _state < FirstCopied ? 8 : 11;
        return length;
    }

    void Recall(int which)
    {
        int distance = _distances[which];
        for (int i = which; i > 0; i--)
            _distances[i] = _distances[i - 1];
        _distances[0] = distance;
    }
}
