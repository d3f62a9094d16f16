using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Difference   y = a − b      da = dy,  db = −dy</summary>
public readonly record struct SubtractFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Sub";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => a - b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => -dy;
}

/// <summary>Syntax of <see cref="SubtractFormula"/>.</summary>
public static class SubtractSyntax
{
    extension(Tensor)
    {
        /// <summary>The difference, element by element, with broadcasting.</summary>
        public static Tensor operator -(Tensor a, Tensor b) => Broadcast.Apply(new Binary<SubtractFormula>(), a, b);
    }
}
