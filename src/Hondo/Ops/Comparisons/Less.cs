using System.Runtime.CompilerServices;
using Hondo.Kernels;

namespace Hondo.Ops;

/// <summary>1 where a &lt; b, else 0. NaN compares with nothing.</summary>
public readonly record struct LessFormula : IComparison
{
    /// <inheritdoc/>
    public static string Name => "Less";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Mask<V>(V a, V b) where V : struct, ILanes<V> => V.GreaterThan(b, a);
}
