using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Product   y = a · b      da = b · dy,  db = a · dy</summary>
public readonly record struct MultiplyFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Mul";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => a * b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => b * dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => a * dy;
}

/// <summary>Syntax of <see cref="MultiplyFormula"/>.</summary>
public static class MultiplySyntax
{
    extension(Tensor)
    {
        /// <summary>The product, element by element, with broadcasting.</summary>
        public static Tensor operator *(Tensor a, Tensor b) => Broadcast.Apply(new Binary<MultiplyFormula>(), a, b);
    }
}
