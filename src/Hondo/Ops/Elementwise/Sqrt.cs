using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = √x      dx = dy / 2y</summary>
public readonly record struct SqrtFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Sqrt";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Sqrt(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Create(0.5) / y;
}

/// <summary>Syntax of <see cref="Sqrt"/>.</summary>
public static class SqrtSyntax
{
    extension(Tensor x)
    {
        /// <summary>The square root, element by element.</summary>
        public Tensor Sqrt() => Tape.Apply(new Unary<SqrtFormula>(), x);
    }
}
