using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = −x      dx = −dy</summary>
public readonly record struct NegateFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Neg";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => -x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => -V.One;
}

/// <summary>Syntax of <see cref="NegateFormula"/>.</summary>
public static class NegateSyntax
{
    extension(Tensor)
    {
        /// <summary>−x, element by element.</summary>
        public static Tensor operator -(Tensor x) => Tape.Apply(new Unary<NegateFormula>(), x);
    }
}
