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

    void RunAll() => Workers.Run(_parts, this);

    public void Run(int part)
    {
        nint first = _count * part / _parts, end = _count * (part + 1) / _parts;
        // Rows often lie a page apart, where a cache keeps few of them: all panels take from some before the next.
        nint step = _source.ColumnStride == 1 ? RowsAtOnce : _k;
        for (nint row = 0; row < _k; row += step)
            for (nint panel = first; panel < end; panel++)
                Pack(panel * _width, row, Math.Min(step, _k - row));
    }

    void Pack(nint column, nint row, nint rows)
    {
        int stride = _n - column > _narrow ? _width : _narrow;
        PackedPanels<T, V, S>.Pack(_source.From(row, column), rows, (int)Math.Min(_width, _n - column),
            _panels + column * _k + row * stride, stride);
    }
}
