using System.Runtime.CompilerServices;
using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>
/// Follows weights, their gradients and how far an update moves them, by about a thousand numbers of each parameter.
/// </summary>
sealed class WeightProbe(ParameterSlab slab)
{
    readonly WeightWatch[] _weights = [.. Enumerable.Range(0, slab.Parameters.Count)
        .Where(i => slab.Parameters[i].Shape.Rank > 1 && slab.DType == DType.Float32)
        .Select(i => new WeightWatch(slab, i))];

    /// <summary>The weights (not biases) in the order of the model.</summary>
    public IReadOnlyList<WeightWatch> Weights => _weights;

    /// <summary>The largest share of all weights by which one update of the looked-at steps moved them.</summary>
    public double LargestMove { get; private set; }

    /// <summary>How far the last looked-at update moved all weights, as a share of them.</summary>
    public double Move { get; private set; }

    /// <summary>The norm of the last gradient of all weights, as a multiple of the weights' own.</summary>
    public double Pull { get; private set; }

    /// <summary>Notes weights and gradients before an update.</summary>
    // Called too rarely to be optimized otherwise: a look would take ten times as long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Before()
    {
        double weights = 0, gradients = 0;
        for (int i = 0; i < _weights.Length; i++)
        {
            _weights[i].Before();
            weights += _weights[i].Energy(_weights[i].Weight);
            gradients += _weights[i].Energy(_weights[i].Gradient);
        }
        Pull = weights > 0 ? Math.Sqrt(gradients / weights) : 0;
    }

    /// <summary>Measures what the update did.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void After()
    {
        double weights = 0, moves = 0;
        for (int i = 0; i < _weights.Length; i++)
        {
            _weights[i].After();
            weights += _weights[i].Energy(_weights[i].Weight);
            moves += _weights[i].Energy(_weights[i].Update);
        }
        Move = weights > 0 ? Math.Sqrt(moves / weights) : 0;
        LargestMove = Math.Max(LargestMove, Move);
    }

    public void Restart()
    {
        foreach (WeightWatch weight in _weights)
            weight.Restart();
    }
}
