using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = x²      dx = dy · 2x</summary>
public readonly record struct SquareFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Square";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => x * x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => x + x;
}

/// <summary>Syntax of <see cref="Square"/>.</summary>
public static class SquareSyntax
{
    extension(Tensor x)
    {
        /// <summary>x², element by element.</summary>
        public Tensor Square() => Tape.Apply(new Unary<SquareFormula>(), x);
    }
}
