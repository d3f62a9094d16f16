using System.Runtime.CompilerServices;

namespace Hondo.Kernels;

/// <summary>x + shift.</summary>
readonly struct Shifted(double shift) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : struct, ILanes<V> => x + V.Create(shift);
}
