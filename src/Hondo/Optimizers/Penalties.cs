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

/// <summary>
/// The penalty λ/m · Σ|w| on weights, not biases: g ← g + λ/m · sign(w), with sign(0) = 0. It drives weights that are
/// not needed to nearly 0 (the lasso, Tibshirani 1996).
/// </summary>
public sealed class L1 : IPenalty
{
    readonly double _lambda;
    readonly int _samples;

    /// <summary>An L1 penalty.</summary>
    /// <param name="lambda">λ, from 0.</param>
    /// <param name="samples">m, how many samples the training set has, from 1.</param>
    public L1(double lambda, int samples = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lambda);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        (_lambda, _samples) = (lambda, samples);
    }

    /// <inheritdoc/>
    public void Apply<T>(ParameterSlab slab, double learningRate) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < slab.Parameters.Count; i++)
            if (slab.IsTrained(i) && slab.Parameters[i].IsDecayed)
                Loops.Map(new Rule(_lambda / _samples), slab.Gradients<T>()[slab.RangeOf(i)],
                    slab.Values<T>()[slab.RangeOf(i)], slab.Gradients<T>()[slab.RangeOf(i)]);
    }

    /// <inheritdoc/>
    public double Of(ParameterSlab slab) => _lambda / _samples * Weights.Sum(slab, Math.Abs, static _ => 1);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("L1").Add(_lambda).Add("samples", _samples, 1).ToString();

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
public sealed class L2 : IPenalty, IWeightDecay
{
    readonly double _lambda;
    readonly int _samples;

    /// <summary>An L2 penalty.</summary>
    /// <param name="lambda">λ, from 0.</param>
    /// <param name="samples">m, how many samples the training set has, from 1.</param>
    public L2(double lambda, int samples = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lambda);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        (_lambda, _samples) = (lambda, samples);
    }

    /// <inheritdoc/>
    public void Apply<T>(ParameterSlab slab, double learningRate) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < slab.Parameters.Count; i++)
            if (slab.IsTrained(i) && slab.Parameters[i].IsDecayed)
                Loops.Map(new Rule(slab.WeightDecayOf(i, _lambda) / _samples), slab.Gradients<T>()[slab.RangeOf(i)],
                    slab.Values<T>()[slab.RangeOf(i)], slab.Gradients<T>()[slab.RangeOf(i)]);
    }

    /// <inheritdoc/>
    public double Of(ParameterSlab slab) => Weights.Sum(slab, static w => w * w, i => slab.WeightDecayOf(i, _lambda))
        / (2 * _samples);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("L2").Add(_lambda).Add("samples", _samples, 1).ToString();

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
