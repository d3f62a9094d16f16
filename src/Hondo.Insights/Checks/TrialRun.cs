namespace Hondo.Training;

/// <summary>
/// Lets a model be trained for a try: in the end model and optimizers are as before, to the last bit.
/// </summary>
sealed class TrialRun(Trainer trainer) : IDisposable
{
    readonly Snapshot _model = new(trainer.Model);
    readonly Memory[] _optimizers = [.. trainer.Optimizers.Select(optimizer => new Memory(optimizer))];

    public void Dispose()
    {
        _model.Restore();
        foreach (Memory optimizer in _optimizers)
            optimizer.Restore();
    }

    /// <summary>What an optimizer knew.</summary>
    sealed class Memory(Optimizer optimizer)
    {
        readonly Tensor[][] _states = [.. optimizer.States.Select(state =>
            Enumerable.Range(0, optimizer.Slab.Parameters.Count).Select(state.Get).ToArray())];

        readonly long _count = optimizer.StepCount;
        readonly long[] _steps = optimizer.Steps.ToArray();
        readonly double _rate = optimizer.LearningRate, _beta = (optimizer as IMomentum)?.Beta ?? 0;
        readonly double[] _rates = [.. optimizer.Groups.Select(group => group.LearningRate)];

        public void Restore()
        {
            for (int k = 0; k < _states.Length; k++)
                for (int i = 0; i < _states[k].Length; i++)
                    optimizer.States[k].Set(i, _states[k][i]);
            optimizer.ContinueAfter(_count, _steps);
            optimizer.LearningRate = _rate;
            for (int i = 0; i < _rates.Length; i++)
                optimizer.Groups[i].LearningRate = _rates[i];
            if (optimizer is IMomentum momentum)
                momentum.Beta = _beta;
        }
    }
}
