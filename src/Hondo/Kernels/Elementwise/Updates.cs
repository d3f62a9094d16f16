using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hondo.Kernels;

/// <summary>An optimizer's formula, number by number. Mark every implementation AggressiveInlining.</summary>
public interface IUpdate
{
    /// <summary>Changes the value w by the gradient g.</summary>
    void Apply<V>(ref V w, V g) where V : struct, ILanes<V>;
}

/// <summary>
/// An optimizer's formula that remembers one number for each value, number by number. Mark every implementation
/// AggressiveInlining.
/// </summary>
public interface IUpdate1
{
    /// <summary>Changes the value w and what is remembered by the gradient g.</summary>
    void Apply<V>(ref V w, V g, ref V a) where V : struct, ILanes<V>;
}

/// <summary>
/// An optimizer's formula that remembers two numbers for each value, number by number. Mark every implementation
/// AggressiveInlining.
/// </summary>
public interface IUpdate2
{
    /// <summary>Changes the value w and what is remembered by the gradient g.</summary>
    void Apply<V>(ref V w, V g, ref V a, ref V b) where V : struct, ILanes<V>;
}

/// <summary>
/// An optimizer's formula that remembers three numbers for each value, number by number. Mark every implementation
/// AggressiveInlining.
/// </summary>
public interface IUpdate3
{
    /// <summary>Changes the value w and what is remembered by the gradient g.</summary>
    void Apply<V>(ref V w, V g, ref V a, ref V b, ref V c) where V : struct, ILanes<V>;
}

/// <summary>An update of any number of remembered numbers, as the loop sees it.</summary>
interface IFullUpdate : IUpdate3
{
    /// <summary>How many of a, b and c are in use: known when the loop is compiled.</summary>
    static abstract int States { get; }
}

/// <summary>
/// The loops of optimizers: one pass over values, gradients and what the optimizer remembers, in chunks of a fixed
/// length (composed from single operations Adam would be ten times slower).
/// </summary>
public static unsafe class Updates
{
    /// <summary>Changes every value by its gradient.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Run<F, T>(F rule, Span<T> w, ReadOnlySpan<T> g)
        where F : struct, IUpdate where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Start(new With0<F>(rule), w, g, w, w, w);

    /// <summary>Changes every value and one remembered number.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Run<F, T>(F rule, Span<T> w, ReadOnlySpan<T> g, Span<T> a)
        where F : struct, IUpdate1 where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Start(new With1<F>(rule), w, g, a, w, w);

    /// <summary>Changes every value and two remembered numbers.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Run<F, T>(F rule, Span<T> w, ReadOnlySpan<T> g, Span<T> a, Span<T> b)
        where F : struct, IUpdate2 where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Start(new With2<F>(rule), w, g, a, b, w);

    /// <summary>Changes every value and three remembered numbers.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Run<F, T>(F rule, Span<T> w, ReadOnlySpan<T> g, Span<T> a, Span<T> b, Span<T> c)
        where F : struct, IUpdate3 where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Start(new With3<F>(rule), w, g, a, b, c);

    static void Start<F, T>(F rule, Span<T> w, ReadOnlySpan<T> g, Span<T> a, Span<T> b, Span<T> c)
        where F : struct, IFullUpdate where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (g.Length != w.Length || a.Length != w.Length || b.Length != w.Length || c.Length != w.Length)
            throw new ArgumentException($"An update got {w.Length} values, {g.Length} gradients and remembered "
                + $"{a.Length}, {b.Length}, {c.Length}: they must be as many.");
        fixed (T* pw = w)
        fixed (T* pg = g)
        fixed (T* pa = a)
        fixed (T* pb = b)
        fixed (T* pc = c)
        {
            var job = new UpdateJob<F, T>(rule, pw, pg, pa, pb, pc, w.Length);
            if (w.Length <= Loops.Chunk)
                job.Run(0);
            else
                Workers.Run((w.Length + Loops.Chunk - 1) / Loops.Chunk, job);
        }
    }

    readonly struct With0<F>(F rule) : IFullUpdate where F : struct, IUpdate
    {
        public static int States => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V w, V g, ref V a, ref V b, ref V c) where V : struct, ILanes<V> =>
            rule.Apply(ref w, g);
    }

    readonly struct With1<F>(F rule) : IFullUpdate where F : struct, IUpdate1
    {
        public static int States => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V w, V g, ref V a, ref V b, ref V c) where V : struct, ILanes<V> =>
            rule.Apply(ref w, g, ref a);
    }

    readonly struct With2<F>(F rule) : IFullUpdate where F : struct, IUpdate2
    {
        public static int States => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V w, V g, ref V a, ref V b, ref V c) where V : struct, ILanes<V> =>
            rule.Apply(ref w, g, ref a, ref b);
    }

    readonly struct With3<F>(F rule) : IFullUpdate where F : struct, IUpdate3
    {
        public static int States => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V w, V g, ref V a, ref V b, ref V c) where V : struct, ILanes<V> =>
            rule.Apply(ref w, g, ref a, ref b, ref c);
    }
}

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
