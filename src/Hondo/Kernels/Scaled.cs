using System.Runtime.CompilerServices;

namespace Hondo.Kernels;

/// <summary>factor · x.</summary>
readonly struct Scale(double factor) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : struct, ILanes<V> => x * V.Create(factor);
}
