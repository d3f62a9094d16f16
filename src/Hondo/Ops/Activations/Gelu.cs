using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Gaussian error linear unit   y = x Φ(x)      dx = dy · (Φ(x) + x φ(x))   (Hendrycks &amp; Gimpel 2016,
/// arXiv:1606.08415)
/// </summary>
public readonly record struct GeluFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Gelu";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => x * Phi(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> =>
        Phi(x) + x * V.Create(0.39894228040143268) * V.Exp(V.Create(-0.5) * x * x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V Phi<V>(V x) where V : struct, ILanes<V> =>
        V.Create(0.5) * (V.One + V.Erf(x * V.Create(0.70710678118654752)));
}

/// <summary>Syntax of <see cref="Gelu"/>.</summary>
public static class GeluSyntax
{
    extension(Tensor x)
    {
        /// <summary>x Φ(x), with the exact normal distribution.</summary>
        public Tensor Gelu() => Tape.Apply(new Unary<GeluFormula>(), x);
    }
}
