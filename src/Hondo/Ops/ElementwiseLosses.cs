using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Absolute error   y = |a − b|      da = sign(a − b) dy = −db, 0 where they are equal</summary>
readonly record struct AbsoluteErrorFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "AbsoluteError";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => V.Abs(a - b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => Sign(a - b) * dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => Sign(b - a) * dy;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V Sign<V>(V x) where V : struct, ILanes<V> => V.Select(V.Equals(x, V.Zero), V.Zero, V.CopySign(V.One, x));
}

/// <summary>Squared error   y = (a − b)²      da = 2(a − b) dy = −db</summary>
readonly record struct SquaredErrorFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "SquaredError";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => (a - b) * (a - b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => (a - b) * (dy + dy);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => (b - a) * (dy + dy);
}

/// <summary>
/// y = r²/2 where |r| ≤ δ, else δ(|r| − δ/2), with r = a − b      da = r held within ±δ, · dy = −db   (Huber 1964)
/// </summary>
/// <param name="Delta">Where small errors end.</param>
readonly record struct HuberErrorFormula(double Delta) : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Huber";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V>
    {
        V r = V.Abs(a - b), delta = V.Create(Delta);
        return V.Select(V.GreaterThan(r, delta), delta * (r - V.Create(Delta / 2)), V.Create(0.5) * r * r);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => Held(a - b) * dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => Held(b - a) * dy;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    V Held<V>(V r) where V : struct, ILanes<V> => V.Max(V.Min(r, V.Create(Delta)), V.Create(-Delta));
}

/// <summary>
/// y = r²/2β where |r| &lt; β, else |r| − β/2, with r = a − b      da = r/β held within ±1, · dy = −db
/// (Girshick 2015, arXiv:1504.08083)
/// </summary>
/// <param name="Beta">Where the rounded tip ends.</param>
readonly record struct SmoothErrorFormula(double Beta) : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "SmoothL1";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V>
    {
        V r = V.Abs(a - b), beta = V.Create(Beta);
        return V.Select(V.GreaterThan(beta, r), V.Create(0.5) * r * r / beta, r - V.Create(Beta / 2));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => Held(a - b) * dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => Held(b - a) * dy;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    V Held<V>(V r) where V : struct, ILanes<V> => V.Max(V.Min(r / V.Create(Beta), V.One), -V.One);
}

/// <summary>
/// y = eᵃ − b a, the negative log-likelihood of a count b at the log-rate a      da = (eᵃ − b) dy,  db = −a dy
/// </summary>
readonly record struct PoissonErrorFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "PoissonNll";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => V.Exp(a) - b * a;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => (V.Exp(a) - b) * dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => -a * dy;
}

public static partial class TensorExtensions
{
    extension(Tensor prediction)
    {
        /// <summary>|prediction − target|, by default its mean: the mean absolute error.</summary>
        /// <param name="target">The truth, in the same shape.</param>
        /// <param name="reduce">Mean or sum over all numbers, or one loss for each.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Tensor AbsoluteError(Tensor target, Reduce reduce = Reduce.Mean) =>
            Compared.Loss(new AbsoluteErrorFormula(), prediction, target, reduce);

        /// <summary>(prediction − target)², by default its mean: the mean squared error.</summary>
        /// <param name="target">The truth, in the same shape.</param>
        /// <param name="reduce">Mean or sum over all numbers, or one loss for each.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Tensor SquaredError(Tensor target, Reduce reduce = Reduce.Mean) =>
            Compared.Loss(new SquaredErrorFormula(), prediction, target, reduce);

        /// <summary>Squared for small errors, linear for large ones, so that outliers pull less (Huber 1964).</summary>
        /// <param name="target">The truth, in the same shape.</param>
        /// <param name="delta">Where small ends: above 0.</param>
        /// <param name="reduce">Mean or sum over all numbers, or one loss for each.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Tensor Huber(Tensor target, double delta = 1, Reduce reduce = Reduce.Mean) =>
            Compared.Loss(new HuberErrorFormula(delta), prediction, target, reduce);

        /// <summary>The absolute error with a rounded tip: Huber's divided by β.</summary>
        /// <param name="target">The truth, in the same shape.</param>
        /// <param name="beta">Where the tip ends: above 0.</param>
        /// <param name="reduce">Mean or sum over all numbers, or one loss for each.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Tensor SmoothL1(Tensor target, double beta = 1, Reduce reduce = Reduce.Mean) =>
            Compared.Loss(new SmoothErrorFormula(beta), prediction, target, reduce);
    }

    extension(Tensor logRates)
    {
        /// <summary>Negative log-likelihood of counts; the predictions are logarithms of rates.</summary>
        /// <param name="target">The counts, in the same shape.</param>
        /// <param name="reduce">Mean or sum over all numbers, or one loss for each.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Tensor PoissonNll(Tensor target, Reduce reduce = Reduce.Mean) =>
            Compared.Loss(new PoissonErrorFormula(), logRates, target, reduce);
    }
}
