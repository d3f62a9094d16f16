using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = erf x      dx = dy · 2/√π · e^−x²</summary>
public readonly record struct ErfFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Erf";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Erf(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Create(1.1283791670955126) * V.Exp(-x * x);
}

/// <summary>Syntax of <see cref="Erf"/>.</summary>
public static class ErfSyntax
{
    extension(Tensor x)
    {
        /// <summary>The error function, element by element.</summary>
        public Tensor Erf() => Tape.Apply(new Unary<ErfFormula>(), x);
    }
}
