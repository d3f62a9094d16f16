using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>Four neighbouring rows of a tile: what every tile is put together from.</summary>
static unsafe class FourRows<T, V, S, R>
    where T : unmanaged where V : struct where S : struct, IRegister<T, V> where R : struct, ITileRow<R, T, V>
{
    /// <summary>The products of one k. A constant place is a part of the loads' addresses.</summary>
    [MethodImpl(AggressiveInlining)]
    public static void Add(T* a, int place, nint row, in R x, ref R r0, ref R r1, ref R r2, ref R r3)
    {
        r0.MultiplyAdd(S.Broadcast(a[place]), x);
        r1.MultiplyAdd(S.Broadcast(a[row + place]), x);
        r2.MultiplyAdd(S.Broadcast(a[2 * row + place]), x);
        r3.MultiplyAdd(S.Broadcast(a[3 * row + place]), x);
    }

    /// <summary>Reads rows that lie at equal distances.</summary>
    [MethodImpl(AggressiveInlining)]
    public static void Load(T* from, nint step, V mask, ref R r0, ref R r1, ref R r2, ref R r3)
    {
        r0.Load(from, mask);
        r1.Load(from + step, mask);
        r2.Load(from + 2 * step, mask);
        r3.Load(from + 3 * step, mask);
    }

    /// <summary>Reads rows that lie anywhere.</summary>
    [MethodImpl(AggressiveInlining)]
    public static void Load(T* from, int* rows, V mask, ref R r0, ref R r1, ref R r2, ref R r3)
    {
        r0.Load(from + rows[0], mask);
        r1.Load(from + rows[1], mask);
        r2.Load(from + rows[2], mask);
        r3.Load(from + rows[3], mask);
    }

    /// <summary>Writes rows at equal distances.</summary>
    [MethodImpl(AggressiveInlining)]
    public static void Store(T* to, nint step, V mask, in R r0, in R r1, in R r2, in R r3)
    {
        r0.Store(to, mask);
        r1.Store(to + step, mask);
        r2.Store(to + 2 * step, mask);
        r3.Store(to + 3 * step, mask);
    }

    /// <summary>Writes rows anywhere.</summary>
    [MethodImpl(AggressiveInlining)]
    public static void Store(T* to, int* rows, V mask, in R r0, in R r1, in R r2, in R r3)
    {
        r0.Store(to + rows[0], mask);
        r1.Store(to + rows[1], mask);
        r2.Store(to + rows[2], mask);
        r3.Store(to + rows[3], mask);
    }
}
