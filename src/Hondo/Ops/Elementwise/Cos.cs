using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = cos x      dx = −dy · sin x</summary>
public readonly record struct CosFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Cos";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Cos(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => -V.Sin(x);
}

/// <summary>Syntax of <see cref="Cos"/>.</summary>
public static class CosSyntax
{
    extension(Tensor x)
    {
        /// <summary>cos x, element by element, x in radians.</summary>
        public Tensor Cos() => Tape.Apply(new Unary<CosFormula>(), x);
    }
}
