using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>
/// Momentum as a moving average   v ← β·v + (1 − β)·g,  w ← w − α·v   (the courses' form). v averages about the last
/// 1/(1 − β) gradients; the first steps are short because v starts at 0.
/// </summary>
public sealed class MovingAverageMomentum : Optimizer, IMomentum
{
    readonly OptimizerState _velocity;

    /// <summary>An optimizer with a velocity.</summary>
    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">α.</param>
    /// <param name="beta">β, the share of the velocity that is kept, from 0 to below 1.</param>
    public MovingAverageMomentum(IEnumerable<Parameter> parameters, double learningRate = 0.01, double beta = 0.9)
        : base(parameters, learningRate)
    {
        Beta = beta;
        _velocity = AddState("velocity");
    }

    /// <inheritdoc/>
    public double Beta { get; set => field = Fraction.Checked(value, "beta"); }

    /// <inheritdoc/>
    protected override void Update<T>(Span<T> values, ReadOnlySpan<T> gradients) =>
        Updates.Run(new Rule(LearningRate, Beta), values, gradients, _velocity.Values<T>());

    /// <inheritdoc/>
    public override string ToString() => End(Call("MovingAverageMomentum").Add("beta", Beta, 0.9));

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
