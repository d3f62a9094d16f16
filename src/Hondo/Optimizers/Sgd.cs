using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>Stochastic gradient descent   w ← w − α·g   (Robbins and Monro 1951)</summary>
/// <param name="parameters">What to train.</param>
/// <param name="learningRate">α.</param>
public sealed class Sgd(IEnumerable<Parameter> parameters, double learningRate = 0.01)
    : Optimizer(parameters, learningRate)
{
    /// <inheritdoc/>
    protected override void Update<T>(Span<T> values, ReadOnlySpan<T> gradients) =>
        Updates.Run(new Rule(LearningRate), values, gradients);

    /// <inheritdoc/>
    public override string ToString() => End(Call("Sgd"));

    readonly struct Rule(double rate) : IUpdate
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V w, V g) where V : struct, ILanes<V> => w -= V.Create(rate) * g;
    }
}

/// <summary>
/// Momentum   v ← β·v + g,  w ← w − α·v   (Polyak 1964; the field's classical form). Its steps are 1/(1 − β) times
/// those of <see cref="MovingAverageMomentum"/> at the same α.
/// </summary>
public sealed class Momentum : MomentumFamily
{
    readonly double _dampening;

    /// <summary>An optimizer with a velocity.</summary>
    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">α.</param>
    /// <param name="beta">β, the share of the velocity that is kept, from 0 to below 1.</param>
    /// <param name="dampening">The share of g, from 0 to below 1, that every step but the first leaves out (as
    /// PyTorch).</param>
    public Momentum(
        IEnumerable<Parameter> parameters, double learningRate = 0.01, double beta = 0.9, double dampening = 0)
        : base(parameters, learningRate, beta) => _dampening = Fraction.Checked(dampening, nameof(dampening));

    /// <inheritdoc/>
    protected override void Update<T>(Span<T> values, ReadOnlySpan<T> gradients)
    {
        double share = StepCount == 1 ? 1 : 1 - _dampening;
        Updates.Run(new Rule(LearningRate, Beta, share), values, gradients, Velocity.Values<T>());
    }

    /// <inheritdoc/>
    public override string ToString() =>
        End(Call("Momentum").Add("beta", Beta, 0.9).Add("dampening", _dampening, 0));

    readonly struct Rule(double rate, double beta, double share) : IUpdate1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V w, V g, ref V v) where V : struct, ILanes<V>
        {
            v = (V.Create(beta) * v) + (V.Create(share) * g);
            w -= V.Create(rate) * v;
        }
    }
}

/// <summary>
/// Momentum as a moving average   v ← β·v + (1 − β)·g,  w ← w − α·v   (the courses' form). v averages about the last
/// 1/(1 − β) gradients; the first steps are short because v starts at 0.
/// </summary>
/// <param name="parameters">What to train.</param>
/// <param name="learningRate">α.</param>
/// <param name="beta">β, the share of the velocity that is kept, from 0 to below 1.</param>
public sealed class MovingAverageMomentum(
    IEnumerable<Parameter> parameters, double learningRate = 0.01, double beta = 0.9)
    : MomentumFamily(parameters, learningRate, beta)
{
    /// <inheritdoc/>
    protected override void Update<T>(Span<T> values, ReadOnlySpan<T> gradients) =>
        Updates.Run(new Rule(LearningRate, Beta), values, gradients, Velocity.Values<T>());

    readonly struct Rule(double rate, double beta) : IUpdate1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V w, V g, ref V v) where V : struct, ILanes<V>
        {
            v = (V.Create(beta) * v) + (V.Create(1 - beta) * g);
            w -= V.Create(rate) * v;
        }
    }
}

/// <summary>
/// Nesterov's momentum   v ← β·v + g,  w ← w − α·(g + β·v)   (Nesterov 1983, in the form of Sutskever et al. 2013).
/// </summary>
/// <param name="parameters">What to train.</param>
/// <param name="learningRate">α.</param>
/// <param name="beta">β, the share of the velocity that is kept, from 0 to below 1.</param>
public sealed class Nesterov(IEnumerable<Parameter> parameters, double learningRate = 0.01, double beta = 0.9)
    : MomentumFamily(parameters, learningRate, beta)
{
    /// <inheritdoc/>
    protected override void Update<T>(Span<T> values, ReadOnlySpan<T> gradients) =>
        Updates.Run(new Rule(LearningRate, Beta), values, gradients, Velocity.Values<T>());

    readonly struct Rule(double rate, double beta) : IUpdate1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V w, V g, ref V v) where V : struct, ILanes<V>
        {
            v = (V.Create(beta) * v) + g;
            w -= V.Create(rate) * (g + (V.Create(beta) * v));
        }
    }
}

/// <summary>What the optimizers with a velocity have in common.</summary>
public abstract class MomentumFamily : Optimizer, IMomentum
{
    private protected MomentumFamily(IEnumerable<Parameter> parameters, double learningRate, double beta)
        : base(parameters, learningRate) => (Beta, Velocity) = (beta, AddState("velocity"));

    /// <summary>β, which a schedule may move.</summary>
    public double Beta { get; set => field = Fraction.Checked(value, "beta"); }

    private protected OptimizerState Velocity { get; }

    /// <inheritdoc/>
    public override string ToString() => End(Call(GetType().Name).Add("beta", Beta, 0.9));
}

/// <summary>An optimizer whose momentum a schedule may move (see <see cref="Schedules.IMomentumSchedule"/>).</summary>
public interface IMomentum
{
    /// <summary>The share of the velocity that is kept, from 0 to below 1.</summary>
    double Beta { get; set; }
}
