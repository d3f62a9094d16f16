using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>A copy of everything that makes a model what it has learned: parameters and states.</summary>
public sealed class Snapshot
{
    readonly Layer _model;
    readonly Tensor[] _parameters, _states;

    /// <summary>Copies the model's numbers as they are now.</summary>
    public Snapshot(Layer model) => (_model, _parameters, _states) = (model,
        [.. model.Parameters.Select(parameter => parameter.Value.Keep())],
        [.. model.States.Select(state => state.Value.Keep())]);

    /// <summary>The numbers that a checkpoint kept.</summary>
    internal Snapshot(Layer model, RunState state) => (_model, _parameters, _states) = (model,
        [.. model.Parameters.Select(parameter => state.Tensor(parameter.Name, parameter.Shape).Keep())],
        [.. model.States.Select(held => state.Tensor(held.Name, held.Shape).Keep())]);

    /// <summary>Copies the model's numbers once more, over those that were kept.</summary>
    internal void Take()
    {
        (IReadOnlyList<Parameter> parameters, IReadOnlyList<State> states) = (_model.Parameters, _model.States);
        for (int i = 0; i < _parameters.Length; i++)
            parameters[i].Value.Node.Value.Bytes.CopyTo(_parameters[i].Node.Value.Bytes);
        for (int i = 0; i < _states.Length; i++)
            states[i].Value.Node.Value.Bytes.CopyTo(_states[i].Node.Value.Bytes);
    }

    /// <summary>Keeps the numbers in a checkpoint.</summary>
    internal void Save(RunState state)
    {
        for (int i = 0; i < _parameters.Length; i++)
            state.Set(_model.Parameters[i].Name, _parameters[i]);
        for (int i = 0; i < _states.Length; i++)
            state.Set(_model.States[i].Name, _states[i]);
    }

    /// <summary>Puts the numbers back into the model.</summary>
    public void Restore()
    {
        for (int i = 0; i < _parameters.Length; i++)
            _model.Parameters[i].Set(_parameters[i]);
        for (int i = 0; i < _states.Length; i++)
            _states[i].Node.Value.Bytes.CopyTo(_model.States[i].Value.Node.Value.Bytes);
    }
}
