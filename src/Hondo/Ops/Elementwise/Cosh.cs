using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = cosh x      dx = dy · sinh x</summary>
public readonly record struct CoshFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Cosh";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => Hyperbolic.Cosh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => Hyperbolic.Sinh(x);
}

/// <summary>Syntax of <see cref="Cosh"/>.</summary>
public static class CoshSyntax
{
    extension(Tensor x)
    {
        /// <summary>cosh x, element by element.</summary>
        public Tensor Cosh() => Tape.Apply(new Unary<CoshFormula>(), x);
    }
}
