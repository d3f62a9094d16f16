using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hondo.Kernels;

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
