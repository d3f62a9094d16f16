using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Gaussian error linear unit   y = x Φ(x)      dx = dy · (Φ(x) + x φ(x))   (Hendrycks &amp; Gimpel 2016,
/// arXiv:1606.08415)
/// </summary>
readonly record struct GeluFormula : IUnaryFormula
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

/// <summary>
/// GELU by its tanh formula   y = ½x(1 + tanh u) with u = √(2/π)(x + 0.044715 x³)
/// dx = dy · (σ + xσ(1 − σ) · 2u′) with σ = σ(2u) = ½(1 + tanh u)   (Hendrycks &amp; Gimpel 2016, arXiv:1606.08415)
/// </summary>
readonly record struct GeluTanhFormula : IUnaryFormula
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

/// <summary>
/// Sigmoid linear unit, also swish   y = x σ(x)      dx = dy · σ(1 + x(1 − σ))   (Elfwing et al. 2017,
/// arXiv:1702.03118)
/// </summary>
readonly record struct SiluFormula : IUnaryFormula
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

/// <summary>
/// y = x · hard sigmoid(x)      dx = dy · (0, x/3 + ½ or 1)   (Howard et al. 2019, arXiv:1905.02244)
/// </summary>
readonly record struct HardSwishFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "HardSwish";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> =>
        x * (V.Min(V.Max(x + V.Create(3), V.Zero), V.Create(6)) / V.Create(6));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V>
    {
        V inside = V.FusedMultiplyAdd(x, V.Create(1.0 / 3), V.Create(0.5));
        V outside = V.Select(V.GreaterThan(x, V.Zero), V.One, V.Zero);
        return V.Select(V.GreaterThan(V.Create(3), V.Abs(x)), inside, outside);
    }
}

/// <summary>
/// y = x tanh(ln(1 + eˣ))      dx = dy · (t + xσ(1 − t²)) with t = tanh(ln(1 + eˣ))   (Misra 2019, arXiv:1908.08681)
/// </summary>
readonly record struct MishFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Mish";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => x * Gate(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V>
    {
        V gate = Gate(x);
        return gate + x * V.Sigmoid(x) * (V.One - gate * gate);
    }

    // tanh(ln u) = (u² − 1) / (u² + 1) with u = 1 + eˣ; from x = 30 on it is 1 in any precision.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V Gate<V>(V x) where V : struct, ILanes<V>
    {
        V e = V.Exp(V.Min(x, V.Create(30))), n = e * (e + V.Create(2));
        return n / (n + V.Create(2));
    }
}

/// <summary>y = ln(1 + e^(βx)) / β      dx = dy · σ(βx)   (Dugas et al. 2001)</summary>
/// <param name="Beta">How sharp the bend is.</param>
readonly record struct SoftplusFormula(double Beta) : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Softplus";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V>
    {
        // From e^−|βx|, so that nothing overflows.
        V scaled = V.Create(Beta) * x;
        return (V.Max(scaled, V.Zero) + Elementary.Log1p(V.Exp(-V.Abs(scaled)))) / V.Create(Beta);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Sigmoid(V.Create(Beta) * x);
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>x Φ(x), with the exact normal distribution.</summary>
        public Tensor Gelu() => Tape.Apply(new Unary<GeluFormula>(), x);

        /// <summary>x Φ(x) by the tanh formula that many published models use.</summary>
        public Tensor GeluTanh() => Tape.Apply(new Unary<GeluTanhFormula>(), x);

        /// <summary>x σ(x), element by element.</summary>
        public Tensor Silu() => Tape.Apply(new Unary<SiluFormula>(), x);

        /// <summary>x times the hard sigmoid of x.</summary>
        public Tensor HardSwish() => Tape.Apply(new Unary<HardSwishFormula>(), x);

        /// <summary>x tanh(ln(1 + eˣ)), element by element.</summary>
        public Tensor Mish() => Tape.Apply(new Unary<MishFormula>(), x);

        /// <summary>ln(1 + e^(βx)) / β: a smooth ReLU.</summary>
        /// <param name="beta">How sharp the bend is.</param>
        public Tensor Softplus(double beta = 1) => Tape.Apply(new Unary<SoftplusFormula>(new(beta)), x);
    }
}
