using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Larger number   y = max(a, b)      dy goes to the larger operand, half to each where they are equal
/// </summary>
public readonly record struct MaximumFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Max";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => V.Max(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => dy * Share(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => dy * Share(b, a);

    // Where both are equal each is as much the larger one as the other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V Share<V>(V mine, V other) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(mine, other), V.One, V.Select(V.Equals(mine, other), V.Create(0.5), V.Zero));
}

/// <summary>Syntax of <see cref="Maximum"/>.</summary>
public static class MaximumSyntax
{
    extension(Tensor a)
    {
        /// <summary>The larger of two numbers, element by element, with broadcasting; NaN if either is.</summary>
        public Tensor Maximum(Tensor b) => Broadcast.Apply(new Binary<MaximumFormula>(), a, b);
    }
}
