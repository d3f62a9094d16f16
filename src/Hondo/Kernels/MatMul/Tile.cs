using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

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

    /// <summary>
    /// What is brought near for the tiles of another panel, and how far each step of k and each tile move on in it;
    /// null for nothing.
    /// </summary>
    public T* Ahead;
    public nint AheadStep, AheadTile;

    /// <summary>Where to leave B's rows in order, for the tiles below; null for nowhere.</summary>
    public T* Panel;
    public nint PanelStride;
}

/// <summary>What happens to a finished tile of C while it is still in the first-level cache.</summary>
unsafe interface ITileEnd<T> where T : unmanaged
{
    void Apply(T* c, nint rowStride, nint rows, nint columns);
}

/// <summary>Nothing happens.</summary>
readonly unsafe struct NoTileEnd<T> : ITileEnd<T> where T : unmanaged
{
    [MethodImpl(AggressiveInlining)]
    public void Apply(T* c, nint rowStride, nint rows, nint columns)
    {
    }
}

/// <summary>c = f(c), element by element.</summary>
readonly unsafe struct ActivationEnd<T, F>(F f) : ITileEnd<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T> where F : struct, IUnary
{
    public void Apply(T* c, nint rowStride, nint rows, nint columns)
    {
        if (Vector512.IsHardwareAccelerated)
            Run<Lanes512<T>>(c, rowStride, rows, columns);
        else if (Vector256.IsHardwareAccelerated)
            Run<Lanes256<T>>(c, rowStride, rows, columns);
        else if (Vector128.IsHardwareAccelerated)
            Run<Lanes128<T>>(c, rowStride, rows, columns);
        else
            Run<Scalar<T>>(c, rowStride, rows, columns);
    }

    [MethodImpl(AggressiveOptimization)]
    void Run<V>(T* c, nint rowStride, nint rows, nint columns) where V : struct, ILanes<V, T>
    {
        for (; rows > 0; rows--, c += rowStride)
        {
            nint j = 0;
            for (; j <= columns - V.Width; j += V.Width)
                V.Store(f.Apply(V.Load(ref *c, j)), ref *c, j);
            if (j < columns)
                Tail<V>(c + j, columns - j);
        }
    }

    // A part of a register costs as much as a whole one: the rest is padded, so that narrow matrices are quick too.
    void Tail<V>(T* c, nint count) where V : struct, ILanes<V, T>
    {
        T* pad = stackalloc T[16];
        for (nint j = 0; j < count; j++)
            pad[j] = c[j];
        V.Store(f.Apply(V.Load(ref *pad, 0)), ref *pad, 0);
        for (nint j = 0; j < count; j++)
            c[j] = pad[j];
    }
}
