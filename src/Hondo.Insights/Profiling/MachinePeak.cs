using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Hondo.Kernels;

namespace Hondo.Insights;

/// <summary>
/// What this machine can do at most, measured now, with <see cref="Workers.Count"/> threads: the yardstick of every
/// benchmark. Processors slow down with heat, load and neighbours, so compare only with a peak of the same minute.
/// </summary>
public static unsafe class MachinePeak
{
    const int Chains = 12, Rounds = 15;

    /// <summary>10⁹ floating-point operations per second in fused multiply-adds (2 each) on registers alone.</summary>
    public static double GigaflopsPerSecond<T>() where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated)
            return Arithmetic<T, Vector512<T>, Register512<T>>();
        if (Vector256.IsHardwareAccelerated)
            return Arithmetic<T, Vector256<T>, Register256<T>>();
        return Vector128.IsHardwareAccelerated
            ? Arithmetic<T, Vector128<T>, Register128<T>>()
            : Arithmetic<T, T, RegisterScalar<T>>();
    }

    /// <summary>
    /// 10⁹ bytes per second of memory read and written by x = a·x + y over arrays far larger than any cache. The
    /// stream is an update in place, so no hidden reads of the written lines go uncounted.
    /// </summary>
    public static double GigabytesPerSecond(int megabytes = 64)
    {
        nint count = (nint)megabytes << 18;
        float* x = (float*)NativeMemory.AlignedAlloc((nuint)count * 4, 64);
        float* y = (float*)NativeMemory.AlignedAlloc((nuint)count * 4, 64);
        try
        {
            new Span<float>(x, (int)count).Fill(1);
            new Span<float>(y, (int)count).Fill(1);
            int parts = 4 * Workers.Count;
            return 12e-9 * count / Best(parts, new Stream(x, y, count, parts));
        }
        finally
        {
            NativeMemory.AlignedFree(x);
            NativeMemory.AlignedFree(y);
        }
    }

    static double Arithmetic<T, V, S>() where T : unmanaged where V : struct where S : struct, IRegister<T, V>
    {
        const int steps = 200_000;
        int parts = Workers.Count;
        return 2e-9 * steps * Chains * S.Width * parts / Best(parts, new Chain<T, V, S>(steps));
    }

    static double Best<TJob>(int parts, in TJob job) where TJob : struct, IJob
    {
        Workers.Run(parts, job);
        double best = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            Workers.Run(parts, job);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }

    readonly struct Chain<T, V, S>(int steps) : IJob
        where T : unmanaged where V : struct where S : struct, IRegister<T, V>
    {
        // 12 independent chains hide the latency of 4 cycles on two units, and fit into AVX2's 16 registers.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int part)
        {
            V x = default;
            V a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x;
            V i = x, j = x, k = x, l = x;
            for (int step = 0; step < steps; step++)
            {
                a = S.MultiplyAdd(a, x, x);
                b = S.MultiplyAdd(b, x, x);
                c = S.MultiplyAdd(c, x, x);
                d = S.MultiplyAdd(d, x, x);
                e = S.MultiplyAdd(e, x, x);
                f = S.MultiplyAdd(f, x, x);
                g = S.MultiplyAdd(g, x, x);
                h = S.MultiplyAdd(h, x, x);
                i = S.MultiplyAdd(i, x, x);
                j = S.MultiplyAdd(j, x, x);
                k = S.MultiplyAdd(k, x, x);
                l = S.MultiplyAdd(l, x, x);
            }
            // The results must seem to be used, or the compiler drops the chains.
            T* sink = stackalloc T[S.Width];
            V sum = S.MultiplyAdd(a, b, S.MultiplyAdd(c, d, S.MultiplyAdd(e, f, S.MultiplyAdd(g, h, x))));
            S.Store(S.MultiplyAdd(i, j, S.MultiplyAdd(k, l, sum)), sink);
        }
    }

    readonly struct Stream(float* x, float* y, nint count, int parts) : IJob
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int part)
        {
            nint start = count / 64 * part / parts * 64, end = count / 64 * (part + 1) / parts * 64;
            var scale = Vector512.Create(0.5f);
            for (nint i = start; i < end; i += Vector512<float>.Count)
                (Vector512.Load(x + i) * scale + Vector512.Load(y + i)).Store(x + i);
        }
    }
}
