using System.Runtime.Intrinsics.X86;

namespace Hondo.Kernels;

/// <summary>Packs a matrix of k rows and n columns into panels, each part some of them.</summary>
readonly unsafe struct Packing<T, V, S> : IJob
    where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    const int RowsAtOnce = 8;

    readonly Operand<T> _source;
    readonly nint _k, _n, _count;
    readonly T* _panels;
    readonly int _width, _narrow, _parts;

    Packing(Operand<T> source, nint k, nint n, T* panels, int width, int narrow)
    {
        _source = source;
        _k = k;
        _n = n;
        _panels = panels;
        _width = width;
        _narrow = narrow;
        _count = (n + width - 1) / width;
        _parts = (int)Math.Clamp(k * n >> 14, 1, Math.Clamp(_count, 1, 64));
    }

    /// <summary>Packs B of a product.</summary>
    public static void PackB(Operand<T> b, nint k, nint n, T* panels) =>
        new Packing<T, V, S>(b, k, n, panels, PackedPanels<T, V, S>.Width, S.Width).RunAll();

    /// <summary>Packs A of a product, in panels of as many rows as a tile has.</summary>
    public static void PackA(Operand<T> a, nint k, nint m, T* panels) =>
        new Packing<T, V, S>(a.Transposed, k, m, panels, S.TileRows, S.TileRows).RunAll();

    /// <summary>Packs some rows of A likewise, on this thread.</summary>
    public static Operand<T> PackRows(Operand<T> a, nint k, nint m, T* panels)
    {
        var packing = new Packing<T, V, S>(a.Transposed, k, m, panels, S.TileRows, S.TileRows);
        packing.Pack(0, packing._count);
        return new(panels, k, S.TileRows);
    }

    void RunAll() => Workers.Run(_parts, this);

    public void Run(int part)
    {
        Pack(_count * part / _parts, _count * (part + 1) / _parts);
    }

    void Pack(nint first, nint end)
    {
        // Rows often lie a page apart, where a cache keeps few of them: all panels take from some before the next.
        nint step = _source.ColumnStride == 1 ? RowsAtOnce : _k;
        for (nint row = 0; row < _k; row += step)
            for (nint panel = first; panel < end; panel++)
            {
                if (step == RowsAtOnce)
                    Fetch(panel * _width, row + step);
                Pack(panel * _width, row, Math.Min(step, _k - row));
            }
    }

    // A row's part of a block is too short for the processor to see a pattern in it.
    void Fetch(nint column, nint row)
    {
        if (!Sse.IsSupported)
            return;
        nint end = Math.Min(_k, row + RowsAtOnce);
        for (T* from = _source.At(row, column); row < end; row++, from += _source.RowStride)
            Sse.Prefetch0(from);
    }

    void Pack(nint column, nint row, nint rows)
    {
        int stride = _n - column > _narrow ? _width : _narrow;
        PackedPanels<T, V, S>.Pack(_source.From(row, column), rows, (int)Math.Min(_width, _n - column),
            _panels + column * _k + row * stride, stride);
    }
}
