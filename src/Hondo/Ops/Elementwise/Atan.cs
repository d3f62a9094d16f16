using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = atan x      dx = dy / (1 + x²)</summary>
public readonly record struct AtanFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Atan";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => InverseTrigonometry.Atan(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.One / V.FusedMultiplyAdd(x, x, V.One);
}

/// <summary>Syntax of <see cref="Atan"/>.</summary>
public static class AtanSyntax
{
    extension(Tensor x)
    {
        /// <summary>The angle in −π/2 … π/2 whose tangent is x.</summary>
        public Tensor Atan() => Tape.Apply(new Unary<AtanFormula>(), x);
    }
}
