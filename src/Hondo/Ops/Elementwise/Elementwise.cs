using System.Numerics;
using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Sends gradients that are a formula, element by element: over what is there, or adding to it.</summary>
static class Elementwise
{
    public static void Send<F, T>(F f, ReadOnlySpan<T> x, View<T> into)
        where F : struct, IUnary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (into.Accumulates)
            Loops.Accumulate(f, x, into.Data);
        else
            Loops.Map(f, x, into.Data);
    }

    public static void Send<F, T>(F f, ReadOnlySpan<T> x, ReadOnlySpan<T> z, View<T> into)
        where F : struct, IBinary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (into.Accumulates)
            Loops.Accumulate(f, x, z, into.Data);
        else
            Loops.Map(f, x, z, into.Data);
    }

    public static void Send<F, T>(F f, ReadOnlySpan<T> x, ReadOnlySpan<T> z, ReadOnlySpan<T> u, View<T> into)
        where F : struct, ITernary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (into.Accumulates)
            Loops.Accumulate(f, x, z, u, into.Data);
        else
            Loops.Map(f, x, z, u, into.Data);
    }

    /// <summary>dx = dy, or dx += dy.</summary>
    public static void Copy<T>(ReadOnlySpan<T> dy, View<T> into) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (into.Accumulates)
            Loops.Accumulate(new Same(), dy, into.Data);
        else
            dy.CopyTo(into.Data);
    }

    /// <summary>eˣ of one number, with the bits that the lanes give.</summary>
    public static T Exp<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T y = default;
        Scalar<T>.Store(Elementary.Exp(new Scalar<T>(x)), ref y, 0);
        return y;
    }

    readonly struct Same : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => x;
    }
}
