using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hondo.Kernels;

/// <summary>What is done with all the numbers along an axis, as one contiguous run; implement it as a struct.</summary>
interface IStrip
{
    /// <summary>y from x and z, all of one length.</summary>
    void Run<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> z, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>
/// Does something with every strip of numbers along the middle axis      [outer, along, inner]. Strips of the last axis
/// are used where they lie; others are brought together first.
/// </summary>
static class AlongAxis
{
    /// <summary>y = f(x, z) strip by strip, or y += that.</summary>
    public static void Run<F, T>(F f, ReadOnlySpan<T> x, ReadOnlySpan<T> z, int outer, int along, int inner, Span<T> y,
        bool accumulate) where F : struct, IStrip where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (x.IsEmpty)
            return;
        if (inner == 1 && !accumulate)
        {
            for (int o = 0; o < outer; o++)
                f.Run(x.Slice(o * along, along), z.Slice(o * along, along), y.Slice(o * along, along));
            return;
        }
        T[] rented = ArrayPool<T>.Shared.Rent(3 * along);
        Span<T> a = rented.AsSpan(0, along), b = rented.AsSpan(along, along), result = rented.AsSpan(2 * along, along);
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                int first = o * along * inner + i;
                Gather(x, first, inner, a);
                Gather(z, first, inner, b);
                f.Run<T>(a, b, result);
                Scatter(result, y, first, inner, accumulate);
            }
        ArrayPool<T>.Shared.Return(rented);
    }

    static void Gather<T>(ReadOnlySpan<T> from, int first, int step, Span<T> strip)
    {
        for (int k = 0; k < strip.Length; k++)
            strip[k] = from[first + k * step];
    }

    static void Scatter<T>(ReadOnlySpan<T> strip, Span<T> to, int first, int step, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (accumulate && step == 1)
            Loops.Accumulate(new Same(), strip, to.Slice(first, strip.Length));
        else
            for (int k = 0; k < strip.Length; k++)
                to[first + k * step] = accumulate ? to[first + k * step] + strip[k] : strip[k];
    }

    readonly struct Same : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => x;
    }
}
