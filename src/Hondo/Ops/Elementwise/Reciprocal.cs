using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = 1 / x      dx = −dy · y²</summary>
public readonly record struct ReciprocalFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Reciprocal";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.One / x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => -y * y;
}

/// <summary>Syntax of <see cref="Reciprocal"/>.</summary>
public static class ReciprocalSyntax
{
    extension(Tensor x)
    {
        /// <summary>1 / x, element by element.</summary>
        public Tensor Reciprocal() => Tape.Apply(new Unary<ReciprocalFormula>(), x);
    }
}
