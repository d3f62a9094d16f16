using System.Runtime.CompilerServices;

namespace Hondo.Kernels;

/// <summary>f(x) = x: with <see cref="Loops.Accumulate{F, T}(F, ReadOnlySpan{T}, Span{T})"/> a sum of arrays.</summary>
readonly struct Identity : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : struct, ILanes<V> => x;
}
