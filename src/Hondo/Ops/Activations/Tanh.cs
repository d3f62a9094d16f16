using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Hyperbolic tangent   y = tanh x      dx = dy · (1 − y²), at most 1</summary>
public readonly record struct TanhFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Tanh";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.One - y * y;
}

/// <summary>Syntax of <see cref="Tanh"/>.</summary>
public static class TanhSyntax
{
    extension(Tensor x)
    {
        /// <summary>tanh x, element by element.</summary>
        public Tensor Tanh() => Tape.Apply(new Unary<TanhFormula>(), x);
    }
}
