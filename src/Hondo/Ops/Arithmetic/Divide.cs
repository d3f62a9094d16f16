using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Quotient   y = a / b      da = dy / b,  db = −dy · a / b²</summary>
public readonly record struct DivideFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Div";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => a / b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => dy / b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => -dy * (a / b) / b;
}

/// <summary>Syntax of <see cref="DivideFormula"/>.</summary>
public static class DivideSyntax
{
    extension(Tensor)
    {
        /// <summary>The quotient, element by element, with broadcasting.</summary>
        public static Tensor operator /(Tensor a, Tensor b) => Broadcast.Apply(new Binary<DivideFormula>(), a, b);
    }
}
