namespace Hondo.Kernels;

/// <summary>A tile of C = S + A·B for one block of k: up to 8 rows, up to two registers of columns.</summary>
unsafe struct Tile<T> where T : unmanaged
{
    public T* A;
    public nint ARowStride, AColumnStride;
    public T* B;
    public nint BRowStride;
    public T* C;
    public nint CRowStride;
    public nint K;
    public int Rows, Columns;

    /// <summary>Where the chains of multiply-adds start from; null for 0.</summary>
    public T* Start;
    public nint StartRowStride;

    /// <summary>Where to leave B's rows in order, for the tiles below; null for nowhere.</summary>
    public T* Panel;
    public nint PanelStride;
}
