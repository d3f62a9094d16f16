using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>
/// Momentum   v ← β·v + g,  w ← w − α·v   (Polyak 1964; the field's classical form). Its steps are 1/(1 − β) times
/// those
/// of <see cref="MovingAverageMomentum"/> at the same α.
/// </summary>
public sealed class Momentum : Optimizer, IMomentum
{
    readonly OptimizerState _velocity;
    readonly double _dampening;

    /// <summary>An optimizer with a velocity.</summary>
    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">α.</param>
    /// <param name="beta">β, the share of the velocity that is kept, from 0 to below 1.</param>
    /// <param name="dampening">The share of g, from 0 to below 1, that every step but the first leaves out (as
    /// PyTorch).</param>
    public Momentum(
        IEnumerable<Parameter> parameters, double learningRate = 0.01, double beta = 0.9, double dampening = 0)
        : base(parameters, learningRate)
    {
        Beta = beta;
        _dampening = Fraction.Checked(dampening, nameof(dampening));
        _velocity = AddState("velocity");
    }

    /// <inheritdoc/>
    public double Beta { get; set => field = Fraction.Checked(value, "beta"); }

    /// <inheritdoc/>
    protected override void Update<T>(Span<T> values, ReadOnlySpan<T> gradients)
    {
        double share = StepCount == 1 ? 1 : 1 - _dampening;
        Updates.Run(new Rule(LearningRate, Beta, share), values, gradients, _velocity.Values<T>());
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
