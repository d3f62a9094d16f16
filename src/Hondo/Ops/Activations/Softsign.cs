using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = x / (1 + |x|)      dx = dy / (1 + |x|)²</summary>
public readonly record struct SoftsignFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Softsign";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => x / (V.One + V.Abs(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V>
    {
        V root = V.One / (V.One + V.Abs(x));
        return root * root;
    }
}

/// <summary>Syntax of <see cref="Softsign"/>.</summary>
public static class SoftsignSyntax
{
    extension(Tensor x)
    {
        /// <summary>x / (1 + |x|), element by element.</summary>
        public Tensor Softsign() => Tape.Apply(new Unary<SoftsignFormula>(), x);
    }
}
