using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Scaled ELU   y = λx where x &gt; 0, else λα(eˣ − 1)      dx = dy · (λ or y + λα), with the λ, α that keep mean 0
/// and variance 1 through the layers (Klambauer et al. 2017, arXiv:1706.02515)
/// </summary>
public readonly record struct SeluFormula : IUnaryFormula
{
    const double Lambda = 1.0507009873554804934193349852946, Alpha = 1.6732632423543772848170429916717;

    /// <inheritdoc/>
    public static string Name => "Selu";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V>
    {
        V lambda = V.Create(Lambda);
        return V.Select(V.GreaterThan(x, V.Zero), lambda * x, V.Create(Lambda * Alpha) * Elementary.Expm1(x));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(x, V.Zero), V.Create(Lambda), y + V.Create(Lambda * Alpha));
}

/// <summary>Syntax of <see cref="Selu"/>.</summary>
public static class SeluSyntax
{
    extension(Tensor x)
    {
        /// <summary>λx where positive, else λα(eˣ − 1).</summary>
        public Tensor Selu() => Tape.Apply(new Unary<SeluFormula>(), x);
    }
}
