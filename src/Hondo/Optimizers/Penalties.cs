using System.Numerics;
using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>A step that adds the gradient of a penalty; the penalty is a part of what is minimized.</summary>
public interface IPenalty : IUpdateStep
{
    /// <summary>The penalty of the present values, to be added to the loss in reports.</summary>
    double Of(ParameterSlab slab);
}

/// <summary>
/// A step whose λ a <see cref="ParameterGroup"/> may replace: it asks <see cref="ParameterSlab.WeightDecayOf"/>.
/// </summary>
public interface IWeightDecay : IUpdateStep;

/// <summary>What both penalties have in common: λ, and by how many samples it is divided.</summary>
public abstract class Penalty : IPenalty
{
    private protected Penalty(double lambda, int samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lambda);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        (Lambda, Samples) = (lambda, samples);
    }

    private protected double Lambda { get; }

    private protected int Samples { get; }

    /// <inheritdoc/>
    public abstract void Apply<T>(ParameterSlab slab, double learningRate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <inheritdoc/>
    public abstract double Of(ParameterSlab slab);

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter(GetType().Name).Add(Lambda).Add("samples", Samples, 1).ToString();
}

/// <summary>
/// The penalty λ/m · Σ|w| on weights, not biases: g ← g + λ/m · sign(w), with sign(0) = 0. It drives weights that are
/// not needed to nearly 0 (the lasso, Tibshirani 1996).
/// </summary>
/// <param name="lambda">λ, from 0.</param>
/// <param name="samples">m, how many samples the training set has, from 1.</param>
public sealed class L1(double lambda, int samples = 1) : Penalty(lambda, samples)
{
    /// <inheritdoc/>
    public override void Apply<T>(ParameterSlab slab, double learningRate)
    {
        for (int i = 0; i < slab.Parameters.Count; i++)
            if (slab.IsTrained(i) && slab.Parameters[i].IsDecayed)
                Loops.Map(new Rule(Lambda / Samples), slab.Gradients<T>()[slab.RangeOf(i)],
                    slab.Values<T>()[slab.RangeOf(i)], slab.Gradients<T>()[slab.RangeOf(i)]);
    }

    /// <inheritdoc/>
    public override double Of(ParameterSlab slab) => Lambda / Samples * Weights.Sum(slab, Math.Abs, static _ => 1);

    readonly struct Rule(double share) : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V g, V w) where V : struct, ILanes<V> =>
            g + V.Select(V.Equals(w, V.Zero), V.Zero, V.CopySign(V.Create(share), w));
    }
}

/// <summary>
/// The penalty λ/(2m) · ‖w‖² on weights, not biases: g ← g + λ/m · w (ridge; coupled weight decay). With m = 1 it is
/// what PyTorch calls <c>weight_decay</c>.
/// </summary>
/// <param name="lambda">λ, from 0.</param>
/// <param name="samples">m, how many samples the training set has, from 1.</param>
public sealed class L2(double lambda, int samples = 1) : Penalty(lambda, samples), IWeightDecay
{
    /// <inheritdoc/>
    public override void Apply<T>(ParameterSlab slab, double learningRate)
    {
        for (int i = 0; i < slab.Parameters.Count; i++)
            if (slab.IsTrained(i) && slab.Parameters[i].IsDecayed)
                Loops.Map(new Rule(slab.WeightDecayOf(i, Lambda) / Samples), slab.Gradients<T>()[slab.RangeOf(i)],
                    slab.Values<T>()[slab.RangeOf(i)], slab.Gradients<T>()[slab.RangeOf(i)]);
    }

    /// <inheritdoc/>
    public override double Of(ParameterSlab slab) =>
        Weights.Sum(slab, static w => w * w, i => slab.WeightDecayOf(i, Lambda)) / (2 * Samples);

    readonly struct Rule(double share) : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V g, V w) where V : struct, ILanes<V> => g + (V.Create(share) * w);
    }
}

/// <summary>
/// Weight decay that no adaptive divisor changes: w ← (1 − α·λ)·w for weights, not biases (Loshchilov and Hutter 2017,
/// arXiv:1711.05101).
/// </summary>
public sealed class DecoupledDecay : IWeightDecay
{
    /// <summary>A decay of weights.</summary>
    /// <param name="lambda">λ, from 0.</param>
    public DecoupledDecay(double lambda)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lambda);
        Lambda = lambda;
    }

    /// <summary>λ.</summary>
    public double Lambda { get; }

    /// <inheritdoc/>
    public void Apply<T>(ParameterSlab slab, double learningRate) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < slab.Parameters.Count; i++)
            if (slab.IsTrained(i) && slab.Parameters[i].IsDecayed)
            {
                double rate = slab.LearningRateOf(i, learningRate), lambda = slab.WeightDecayOf(i, Lambda);
                Span<T> values = slab.Values<T>()[slab.RangeOf(i)];
                Loops.Map(new Rule(1 - (rate * lambda)), values, values);
            }
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("DecoupledDecay").Add(Lambda).ToString();

    readonly struct Rule(double share) : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V w) where V : struct, ILanes<V> => w * V.Create(share);
    }
}

/// <summary>Sums over the decayed parameters of a slab, for reports.</summary>
static class Weights
{
    public static double Sum(ParameterSlab slab, Func<double, double> of, Func<int, double> lambda)
    {
        double all = 0;
        for (int i = 0; i < slab.Parameters.Count; i++)
        {
            if (!slab.Parameters[i].IsDecayed)
                continue;
            double sum = 0;
            if (slab.DType == DType.Float64)
                foreach (double w in slab.Values<double>()[slab.RangeOf(i)])
                    sum += of(w);
            else
                foreach (float w in slab.Values<float>()[slab.RangeOf(i)])
                    sum += of(w);
            all += lambda(i) * sum;
        }
        return all;
    }
}

/// <summary>A share that is kept from step to step: β, ρ.</summary>
static class Fraction
{
    /// <summary>The value, from 0 to below 1.</summary>
    public static double Checked(double value, string name) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is a share from 0 to below 1, e.g. 0.9.");

    /// <summary>A number above 0: an ε that keeps a divisor from 0.</summary>
    public static double Positive(double value, string name) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is a number above 0, e.g. 1e-8.");
}
