using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = asin x      dx = dy / √(1 − x²)</summary>
public readonly record struct AsinFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Asin";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => InverseTrigonometry.Asin(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.One / V.Sqrt((V.One - x) * (V.One + x));
}

/// <summary>Syntax of <see cref="Asin"/>.</summary>
public static class AsinSyntax
{
    extension(Tensor x)
    {
        /// <summary>The angle in −π/2 … π/2 whose sine is x.</summary>
        public Tensor Asin() => Tape.Apply(new Unary<AsinFormula>(), x);
    }
}
