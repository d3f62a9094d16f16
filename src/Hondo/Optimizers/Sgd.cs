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
