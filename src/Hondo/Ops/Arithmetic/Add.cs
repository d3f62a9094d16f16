using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Sum   y = a + b      da = dy,  db = dy</summary>
public readonly record struct AddFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Add";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => dy;
}

/// <summary>Syntax of <see cref="AddFormula"/>.</summary>
public static class AddSyntax
{
    extension(Tensor)
    {
        /// <summary>The sum, element by element, with broadcasting.</summary>
        public static Tensor operator +(Tensor a, Tensor b) => Broadcast.Apply(new Binary<AddFormula>(), a, b);
    }
}
