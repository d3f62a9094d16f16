using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Rectified linear unit   y = max(0, x)      dx = dy where x &gt; 0, else 0   (Nair &amp; Hinton 2010)
/// </summary>
public readonly record struct ReluFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Relu";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Max(x, V.Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(x, V.Zero), V.One, V.Zero);
}

/// <summary>Syntax of <see cref="Relu"/>.</summary>
public static class ReluSyntax
{
    extension(Tensor x)
    {
        /// <summary>max(0, x), element by element.</summary>
        public Tensor Relu() => Tape.Apply(new Unary<ReluFormula>(), x);
    }
}
