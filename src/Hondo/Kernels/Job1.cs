using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hondo.Kernels;

/// <summary>The elementwise loop over 1 input, one chunk a part.</summary>
readonly unsafe struct Job1<F, T>(F f, T* x, T* y, int length, bool adds) : IJob
    where F : struct, IUnary where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(int part)
    {
        int start = part * Loops.Chunk, end = Math.Min(length, start + Loops.Chunk);
        if (Vector512.IsHardwareAccelerated)
            Run<Lanes512<T>>(start, end);
        else if (Vector256.IsHardwareAccelerated)
            Run<Lanes256<T>>(start, end);
        else if (Vector128.IsHardwareAccelerated)
            Run<Lanes128<T>>(start, end);
        else
            Run<Scalar<T>>(start, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Run<V>(int start, int end) where V : struct, ILanes<V, T>
    {
        int i = start;
        for (; i <= end - V.Width; i += V.Width)
            Apply<V>(x, y, i);
        if (i < end)
            Tail<V>(i, end - i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Apply<V>(T* p0, T* to, int i) where V : struct, ILanes<V, T>
    {
        V result = f.Apply(V.Load(ref *p0, i));
        V.Store(adds ? V.Load(ref *to, i) + result : result, ref *to, i);
    }

    // A part of a register costs as much as a whole one: the rest is padded, so that short rows are quick too.
    void Tail<V>(int i, int count) where V : struct, ILanes<V, T>
    {
        T* pad = stackalloc T[2 * 16];
        for (int k = 0; k < count; k++)
        {
            pad[k] = x[i + k];
            pad[16 + k] = y[i + k];
        }
        Apply<V>(pad, pad + 16, 0);
        for (int k = 0; k < count; k++)
            y[i + k] = pad[16 + k];
    }
}
