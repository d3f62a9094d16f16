using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = sinh x      dx = dy · cosh x</summary>
public readonly record struct SinhFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Sinh";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => Hyperbolic.Sinh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => Hyperbolic.Cosh(x);
}

/// <summary>Syntax of <see cref="Sinh"/>.</summary>
public static class SinhSyntax
{
    extension(Tensor x)
    {
        /// <summary>sinh x, element by element.</summary>
        public Tensor Sinh() => Tape.Apply(new Unary<SinhFormula>(), x);
    }
}
