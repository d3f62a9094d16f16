using System.Runtime.CompilerServices;

namespace Hondo.Insights;

/// <summary>
/// Follows weights, their gradients and how far an update moves them, by about a thousand numbers of each parameter.
/// </summary>
sealed class WeightProbe(ParameterSlab slab)
{
    readonly WeightWatch[] _all = [.. Enumerable.Range(0, slab.Parameters.Count)
        .Where(i => slab.Parameters[i].Shape.Rank > 1 && slab.DType == DType.Float32)
        .Select(i => new WeightWatch(slab, i))];

    WeightWatch[]? _trained;

    /// <summary>The weights (not biases) that are trained now, in the order of the model.</summary>
    public IReadOnlyList<WeightWatch> Weights => Trained;

    // A frozen weight has no gradient and does not move, which is no finding. Made anew only when one was (un)frozen.
    WeightWatch[] Trained
    {
        get
        {
            int count = 0;
            bool isNew = _trained is null;
            foreach (WeightWatch weight in _all)
                if (weight.Parameter.IsTrainable)
                    isNew = isNew || count >= _trained!.Length || _trained[count++] != weight;
            return isNew || count != _trained!.Length
                ? _trained = [.. _all.Where(weight => weight.Parameter.IsTrainable)] : _trained;
        }
    }

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
        WeightWatch[] trained = Trained;
        for (int i = 0; i < trained.Length; i++)
        {
            trained[i].Before();
            weights += trained[i].Energy(trained[i].Weight);
            gradients += trained[i].Energy(trained[i].Gradient);
        }
        Pull = weights > 0 ? Math.Sqrt(gradients / weights) : 0;
    }

    /// <summary>Measures what the update did.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void After()
    {
        double weights = 0, moves = 0;
        WeightWatch[] trained = Trained;
        for (int i = 0; i < trained.Length; i++)
        {
            trained[i].After();
            weights += trained[i].Energy(trained[i].Weight);
            moves += trained[i].Energy(trained[i].Update);
        }
        Move = weights > 0 ? Math.Sqrt(moves / weights) : 0;
        LargestMove = Math.Max(LargestMove, Move);
    }

    public void Restart()
    {
        foreach (WeightWatch weight in _all)
            weight.Restart();
    }
}

/// <summary>What the looked-at steps of a window showed of one weight.</summary>
sealed class WeightWatch
{
    const int MostNumbers = 1024;

    readonly ParameterSlab _slab;
    readonly int _start, _length;
    readonly Sampling _sampling;
    readonly float[] _before;
    double _logGradients, _logMoves;
    int _gradients, _moves;

    public WeightWatch(ParameterSlab slab, int parameter)
    {
        (_slab, Parameter) = (slab, slab.Parameters[parameter]);
        Range range = slab.RangeOf(parameter);
        (_start, _length) = (range.Start.Value, Parameter.Shape.Size);
        _sampling = new(_length, MostNumbers);
        _before = new float[_sampling.Count];
    }

    public Parameter Parameter { get; }

    /// <summary>The path of its layer.</summary>
    public string Layer => Parameter.Name.LastIndexOf('.') is var dot and > 0 ? Parameter.Name[..dot] : "";

    /// <summary>Roots of mean squares in the last looked-at step: weights, gradients, and what the update changed.
    /// </summary>
    public double Weight { get; private set; }

    public double Gradient { get; private set; }

    public double Update { get; private set; }

    /// <summary>The usual (geometric mean) size of the gradient in this window; 0 when it was always 0.</summary>
    public double UsualGradient => _gradients == 0 ? 0 : Math.Exp(_logGradients / _gradients);

    /// <summary>The usual share of the weights by which an update moves them; NaN before the first.</summary>
    public double UsualMove => _moves == 0 ? double.NaN : Math.Exp(_logMoves / _moves);

    /// <summary>The sum of squares of all its numbers, by their mean.</summary>
    public double Energy(double root) => root * root * _length;

    public void Restart() => (_logGradients, _logMoves, _gradients, _moves) = (0, 0, 0, 0);

    // Called too rarely to be optimized otherwise: a look would take ten times as long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Before()
    {
        ReadOnlySpan<float> values = _slab.Values<float>().Slice(_start, _length);
        ReadOnlySpan<float> gradients = _slab.Gradients<float>().Slice(_start, _length);
        double weight = 0, gradient = 0;
        for (int i = 0; i < _before.Length; i++)
        {
            int at = _sampling[i];
            _before[i] = values[at];
            weight += (double)values[at] * values[at];
            gradient += (double)gradients[at] * gradients[at];
        }
        Weight = Math.Sqrt(weight / _before.Length);
        Gradient = Math.Sqrt(gradient / _before.Length);
        if (Gradient > 0)
            (_logGradients, _gradients) = (_logGradients + Math.Log(Gradient), _gradients + 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void After()
    {
        ReadOnlySpan<float> values = _slab.Values<float>().Slice(_start, _length);
        double moved = 0;
        for (int i = 0; i < _before.Length; i++)
        {
            double moves = (double)values[_sampling[i]] - _before[i];
            moved += moves * moves;
        }
        Update = Math.Sqrt(moved / _before.Length);
        if (Update > 0 && Weight > 0)
            (_logMoves, _moves) = (_logMoves + Math.Log(Update / Weight), _moves + 1);
    }
}
