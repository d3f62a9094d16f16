using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Smaller number   y = min(a, b)      dy goes to the smaller operand, half to each where they are equal
/// </summary>
public readonly record struct MinimumFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Min";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => V.Min(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => dy * Share(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => dy * Share(b, a);

    // Where both are equal each is as much the smaller one as the other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V Share<V>(V mine, V other) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(other, mine), V.One, V.Select(V.Equals(mine, other), V.Create(0.5), V.Zero));
}

/// <summary>Syntax of <see cref="Minimum"/>.</summary>
public static class MinimumSyntax
{
    extension(Tensor a)
    {
        /// <summary>The smaller of two numbers, element by element, with broadcasting; NaN if either is.</summary>
        public Tensor Minimum(Tensor b) => Broadcast.Apply(new Binary<MinimumFormula>(), a, b);
    }
}
