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

/// <summary>The elementwise loop over 2 inputs, one chunk a part.</summary>
readonly unsafe struct Job2<F, T>(F f, T* x, T* z, T* y, int length, bool adds) : IJob
    where F : struct, IBinary where T : unmanaged, IBinaryFloatingPointIeee754<T>
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
            Apply<V>(x, z, y, i);
        if (i < end)
            Tail<V>(i, end - i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Apply<V>(T* p0, T* p1, T* to, int i) where V : struct, ILanes<V, T>
    {
        V result = f.Apply(V.Load(ref *p0, i), V.Load(ref *p1, i));
        V.Store(adds ? V.Load(ref *to, i) + result : result, ref *to, i);
    }

    // A part of a register costs as much as a whole one: the rest is padded, so that short rows are quick too.
    void Tail<V>(int i, int count) where V : struct, ILanes<V, T>
    {
        T* pad = stackalloc T[3 * 16];
        for (int k = 0; k < count; k++)
        {
            pad[k] = x[i + k];
            pad[16 + k] = z[i + k];
            pad[32 + k] = y[i + k];
        }
        Apply<V>(pad, pad + 16, pad + 32, 0);
        for (int k = 0; k < count; k++)
            y[i + k] = pad[32 + k];
    }
}

/// <summary>The elementwise loop over 3 inputs, one chunk a part.</summary>
readonly unsafe struct Job3<F, T>(F f, T* x, T* z, T* u, T* y, int length, bool adds) : IJob
    where F : struct, ITernary where T : unmanaged, IBinaryFloatingPointIeee754<T>
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
            Apply<V>(x, z, u, y, i);
        if (i < end)
            Tail<V>(i, end - i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Apply<V>(T* p0, T* p1, T* p2, T* to, int i) where V : struct, ILanes<V, T>
    {
        V result = f.Apply(V.Load(ref *p0, i), V.Load(ref *p1, i), V.Load(ref *p2, i));
        V.Store(adds ? V.Load(ref *to, i) + result : result, ref *to, i);
    }

    // A part of a register costs as much as a whole one: the rest is padded, so that short rows are quick too.
    void Tail<V>(int i, int count) where V : struct, ILanes<V, T>
    {
        T* pad = stackalloc T[4 * 16];
        for (int k = 0; k < count; k++)
        {
            pad[k] = x[i + k];
            pad[16 + k] = z[i + k];
            pad[32 + k] = u[i + k];
            pad[48 + k] = y[i + k];
        }
        Apply<V>(pad, pad + 16, pad + 32, pad + 48, 0);
        for (int k = 0; k < count; k++)
            y[i + k] = pad[48 + k];
    }
}
