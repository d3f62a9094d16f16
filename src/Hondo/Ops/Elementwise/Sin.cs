using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = sin x      dx = dy · cos x</summary>
public readonly record struct SinFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Sin";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Sin(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Cos(x);
}

/// <summary>Syntax of <see cref="Sin"/>.</summary>
public static class SinSyntax
{
    extension(Tensor x)
    {
        /// <summary>sin x, element by element, x in radians.</summary>
        public Tensor Sin() => Tape.Apply(new Unary<SinFormula>(), x);
    }
}
