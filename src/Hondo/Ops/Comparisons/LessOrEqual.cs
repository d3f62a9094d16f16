using System.Runtime.CompilerServices;
using Hondo.Kernels;

namespace Hondo.Ops;

/// <summary>1 where a ≤ b, else 0. NaN compares with nothing.</summary>
public readonly record struct LessOrEqualFormula : IComparison
{
    /// <inheritdoc/>
    public static string Name => "LessOrEqual";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Mask<V>(V a, V b) where V : struct, ILanes<V> => V.GreaterThanOrEqual(b, a);
}
