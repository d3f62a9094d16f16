using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hondo.Kernels;

/// <summary>An optimizer's loop, one chunk a part.</summary>
readonly unsafe struct UpdateJob<F, T>(F rule, T* w, T* g, T* a, T* b, T* c, int length) : IJob
    where F : struct, IFullUpdate where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(int part)
    {
        int start = part * Loops.Chunk, end = Math.Min(length, start + Loops.Chunk);
        if (Vector512.IsHardwareAccelerated)
            start = Run<Lanes512<T>>(start, end);
        else if (Vector256.IsHardwareAccelerated)
            start = Run<Lanes256<T>>(start, end);
        else if (Vector128.IsHardwareAccelerated)
            start = Run<Lanes128<T>>(start, end);
        Run<Scalar<T>>(start, end);
    }

    /// <summary>Does whole registers, and returns where the rest begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Run<V>(int start, int end) where V : struct, ILanes<V, T>
    {
        int i = start;
        for (; i <= end - V.Width; i += V.Width)
        {
            V value = V.Load(ref *w, i), first = default, second = default, third = default;
            if (F.States > 0)
                first = V.Load(ref *a, i);
            if (F.States > 1)
                second = V.Load(ref *b, i);
            if (F.States > 2)
                third = V.Load(ref *c, i);
            rule.Apply(ref value, V.Load(ref *g, i), ref first, ref second, ref third);
            V.Store(value, ref *w, i);
            if (F.States > 0)
                V.Store(first, ref *a, i);
            if (F.States > 1)
                V.Store(second, ref *b, i);
            if (F.States > 2)
                V.Store(third, ref *c, i);
        }
        return i;
    }
}
