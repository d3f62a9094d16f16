using Hondo.Optimizers;
using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>Lets a model be trained for a try: in the end model and optimizer are as before, to the last bit.</summary>
sealed class TrialRun : IDisposable
{
    readonly Optimizer _optimizer;
    readonly Snapshot _model;
    readonly Tensor[][] _states;
    readonly long _steps;
    readonly double _rate, _beta;

    public TrialRun(Trainer trainer)
    {
        (_optimizer, _model) = (trainer.Optimizer, new(trainer.Model));
        _states = [.. _optimizer.States.Select(state =>
            Enumerable.Range(0, _optimizer.Slab.Parameters.Count).Select(state.Get).ToArray())];
        (_steps, _rate) = (_optimizer.StepCount, _optimizer.LearningRate);
        _beta = (_optimizer as IMomentum)?.Beta ?? 0;
    }

    public void Dispose()
    {
        _model.Restore();
        for (int k = 0; k < _states.Length; k++)
            for (int i = 0; i < _states[k].Length; i++)
                _optimizer.States[k].Set(i, _states[k][i]);
        _optimizer.ContinueAfter(_steps);
        _optimizer.LearningRate = _rate;
        if (_optimizer is IMomentum momentum)
            momentum.Beta = _beta;
    }
}
