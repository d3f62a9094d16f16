using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Sigmoid linear unit, also swish   y = x σ(x)      dx = dy · σ(1 + x(1 − σ))   (Elfwing et al. 2017,
/// arXiv:1702.03118)
/// </summary>
public readonly record struct SiluFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Silu";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => x * V.Sigmoid(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V>
    {
        V gate = V.Sigmoid(x);
        return gate * (V.One + x * (V.One - gate));
    }
}

/// <summary>Syntax of <see cref="Silu"/>.</summary>
public static class SiluSyntax
{
    extension(Tensor x)
    {
        /// <summary>x σ(x), element by element.</summary>
        public Tensor Silu() => Tape.Apply(new Unary<SiluFormula>(), x);
    }
}
