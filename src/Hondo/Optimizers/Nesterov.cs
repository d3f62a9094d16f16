using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>
/// Nesterov's momentum   v ← β·v + g,  w ← w − α·(g + β·v)   (Nesterov 1983, in the form of Sutskever et al. 2013).
/// </summary>
public sealed class Nesterov : Optimizer, IMomentum
{
    readonly OptimizerState _velocity;

    /// <summary>An optimizer with a velocity.</summary>
    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">α.</param>
    /// <param name="beta">β, the share of the velocity that is kept, from 0 to below 1.</param>
    public Nesterov(IEnumerable<Parameter> parameters, double learningRate = 0.01, double beta = 0.9)
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
    public override string ToString() => End(Call("Nesterov").Add("beta", Beta, 0.9));

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
