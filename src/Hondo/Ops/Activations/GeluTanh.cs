using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// GELU by its tanh formula   y = ½x(1 + tanh u) with u = √(2/π)(x + 0.044715 x³)
/// dx = dy · (σ + xσ(1 − σ) · 2u′) with σ = σ(2u) = ½(1 + tanh u)   (Hendrycks &amp; Gimpel 2016, arXiv:1606.08415)
/// </summary>
public readonly record struct GeluTanhFormula : IUnaryFormula
{
    const double Root = 0.79788456080286536, Cube = 0.044715;

    /// <inheritdoc/>
    public static string Name => "GeluTanh";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => x * V.Sigmoid(TwiceU(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V>
    {
        V gate = V.Sigmoid(TwiceU(x));
        V slope = V.Create(2 * Root) * V.FusedMultiplyAdd(V.Create(3 * Cube) * x, x, V.One);
        return gate + x * gate * (V.One - gate) * slope;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V TwiceU<V>(V x) where V : struct, ILanes<V> =>
        V.Create(2 * Root) * x * V.FusedMultiplyAdd(V.Create(Cube) * x, x, V.One);
}

/// <summary>Syntax of <see cref="GeluTanh"/>.</summary>
public static class GeluTanhSyntax
{
    extension(Tensor x)
    {
        /// <summary>x Φ(x) by the tanh formula that many published models use.</summary>
        public Tensor GeluTanh() => Tape.Apply(new Unary<GeluTanhFormula>(), x);
    }
}
