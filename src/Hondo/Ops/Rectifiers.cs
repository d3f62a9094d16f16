using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Rectified linear unit   y = max(0, x)      dx = dy where x &gt; 0, else 0   (Nair &amp; Hinton 2010)
/// </summary>
readonly record struct ReluFormula : IUnaryFormula
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

/// <summary>y = max(0, x), at most 6      dx = dy inside, else 0   (Krizhevsky 2010)</summary>
readonly record struct Relu6Formula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Relu6";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Min(V.Max(x, V.Zero), V.Create(6));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(V.Create(3), V.Abs(x - V.Create(3))), V.One, V.Zero);
}

/// <summary>
/// Leaky rectified linear unit   y = x where x &gt; 0, else slope · x      dx = dy · (1 or slope)   (Maas et al. 2013)
/// </summary>
/// <param name="Slope">The slope below 0.</param>
readonly record struct LeakyReluFormula(double Slope) : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "LeakyRelu";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Select(V.GreaterThan(x, V.Zero), x, x * V.Create(Slope));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(x, V.Zero), V.One, V.Create(Slope));
}

/// <summary>
/// Leaky rectified linear unit whose slope is learned   y = a where a &gt; 0, else b · a      (He et al. 2015,
/// arXiv:1502.01852)      da = dy · (1 or b),  db = dy · (0 or a)
/// </summary>
readonly record struct PReluFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "PRelu";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => V.Select(V.GreaterThan(a, V.Zero), a, b * a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(a, V.Zero), dy, b * dy);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(a, V.Zero), V.Zero, a * dy);
}

/// <summary>
/// Exponential linear unit   y = x where x &gt; 0, else α(eˣ − 1)      dx = dy · (1 or y + α)
/// (Clevert et al. 2015, arXiv:1511.07289)
/// </summary>
/// <param name="Alpha">−α is the limit for large negative x.</param>
readonly record struct EluFormula(double Alpha) : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Elu";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(x, V.Zero), x, V.Create(Alpha) * Elementary.Expm1(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(x, V.Zero), V.One, y + V.Create(Alpha));
}

/// <summary>
/// Continuously differentiable ELU   y = x where x &gt; 0, else α(e^(x/α) − 1)      dx = dy · (1 or y/α + 1)
/// (Barron 2017, arXiv:1704.07483)
/// </summary>
/// <param name="Alpha">−α is the limit for large negative x.</param>
readonly record struct CeluFormula(double Alpha) : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Celu";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V>
    {
        V alpha = V.Create(Alpha);
        return V.Select(V.GreaterThan(x, V.Zero), x, alpha * Elementary.Expm1(x / alpha));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(x, V.Zero), V.One, y / V.Create(Alpha) + V.One);
}

/// <summary>
/// Scaled ELU   y = λx where x &gt; 0, else λα(eˣ − 1)      dx = dy · (λ or y + λα), with the λ, α that keep mean 0
/// and variance 1 through the layers (Klambauer et al. 2017, arXiv:1706.02515)
/// </summary>
readonly record struct SeluFormula : IUnaryFormula
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

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>max(0, x), element by element.</summary>
        public Tensor Relu() => Tape.Apply(new Unary<ReluFormula>(), x);

        /// <summary>x held within 0 and 6.</summary>
        public Tensor Relu6() => Tape.Apply(new Unary<Relu6Formula>(), x);

        /// <summary>x where positive, else slope · x.</summary>
        /// <param name="slope">The slope below 0; 0.01 is the usual one.</param>
        public Tensor LeakyRelu(double slope = 0.01) => Tape.Apply(new Unary<LeakyReluFormula>(new(slope)), x);

        /// <summary>a where positive, else slope · a.</summary>
        /// <param name="slope">One number [1], or one for each feature [features].</param>
        public Tensor PRelu(Tensor slope) => Broadcast.Apply(new Binary<PReluFormula>(), x, slope);

        /// <summary>x where positive, else α(eˣ − 1).</summary>
        /// <param name="alpha">−α is the limit for large negative x.</param>
        public Tensor Elu(double alpha = 1) => Tape.Apply(new Unary<EluFormula>(new(alpha)), x);

        /// <summary>x where positive, else α(e^(x/α) − 1).</summary>
        /// <param name="alpha">−α is the limit for large negative x.</param>
        public Tensor Celu(double alpha = 1) => Tape.Apply(new Unary<CeluFormula>(new(alpha)), x);

        /// <summary>λx where positive, else λα(eˣ − 1).</summary>
        public Tensor Selu() => Tape.Apply(new Unary<SeluFormula>(), x);
    }
}
