namespace Hondo.Data;

/// <summary>How the lengths of repetitions are written: 2 to 9, 10 to 17, or 18 to 273.</summary>
sealed class LzmaLengths
{
    readonly ushort[] _choice = new ushort[2], _low = new ushort[16 * 8], _middle = new ushort[16 * 8],
        _high = new ushort[256];

    public void Reset()
    {
        foreach (ushort[] part in (ReadOnlySpan<ushort[]>)[_choice, _low, _middle, _high])
            part.AsSpan().Fill(RangeDecoder.Half);
    }

    public int Read(RangeDecoder bits, int place) => bits.Bit(ref _choice[0]) == 0
        ? 2 + bits.Tree(_low.AsSpan(8 * place, 8), 3)
        : bits.Bit(ref _choice[1]) == 0 ? 10 + bits.Tree(_middle.AsSpan(8 * place, 8), 3)
        : 18 + bits.Tree(_high, 8);
}
