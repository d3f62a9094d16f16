using System.Numerics;

namespace Hondo.Kernels;

/// <summary>
/// The inputs of a window: how far each lies from the window's start in memory, and its code, the place within the
/// longest window, row by row, once for each lane of a register.
/// </summary>
unsafe struct PoolTaps<T>(nint* offsets, T* codes) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Lanes for each code.</summary>
    public const int Lanes = 16;

    int _from, _to;

    public int Count { get; private set; }

    public readonly nint* Offsets => offsets;

    public readonly T* Codes => codes;

    /// <summary>Memory for the taps of a window, on this thread until its next part.</summary>
    public static PoolTaps<T> Rent(int most)
    {
        byte* memory = Scratch.Own<byte>(most * (sizeof(nint) + Lanes * sizeof(T)) + 64);
        T* codes = (T*)memory;
        return new((nint*)(codes + (nint)most * Lanes), codes);
    }

    /// <summary>A new row of windows: the next one is listed anew.</summary>
    public void Forget() => _to = int.MinValue;

    /// <summary>Lists the taps of window (oh, ow); most neighbours have the same as the one before.</summary>
    public void Find(in PoolSizes sizes, in PoolTable rows, in PoolTable columns, int oh, int ow)
    {
        int left = columns.Start[ow], from = columns.From[ow] - left, to = columns.To[ow] - left;
        if (from == _from && to == _to)
            return;
        (_from, _to, Count) = (from, to, 0);
        int top = rows.Start[oh], span = sizes.Horizontal.Span;
        for (int h = rows.From[oh]; h < rows.To[oh]; h += sizes.Vertical.Dilation)
            for (int w = from; w < to; w += sizes.Horizontal.Dilation)
            {
                offsets[Count] = ((nint)(h - top) * sizes.Horizontal.Input + w) * sizes.Channels;
                new Span<T>(codes + (nint)Count * Lanes, Lanes).Fill(T.CreateTruncating((h - top) * span + w));
                Count++;
            }
    }
}
