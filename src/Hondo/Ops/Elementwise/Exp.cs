using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = eˣ      dx = dy · y</summary>
public readonly record struct ExpFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Exp";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => y;
}

/// <summary>Syntax of <see cref="Exp"/>.</summary>
public static class ExpSyntax
{
    extension(Tensor x)
    {
        /// <summary>eˣ, element by element.</summary>
        public Tensor Exp() => Tape.Apply(new Unary<ExpFormula>(), x);
    }
}
