using System.Runtime.CompilerServices;
using Hondo.Kernels;

namespace Hondo.Ops;

/// <summary>1 where a ≠ b, else 0. NaN differs from everything.</summary>
public readonly record struct NotEqualFormula : IComparison
{
    /// <inheritdoc/>
    public static string Name => "NotEqual";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Mask<V>(V a, V b) where V : struct, ILanes<V> =>
        V.Select(V.Equals(a, b), V.Zero, V.Equals(V.Zero, V.Zero));
}
