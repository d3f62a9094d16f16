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

    /// <summary>Puts the numbers back into the model.</summary>
    public void Restore()
    {
        for (int i = 0; i < _parameters.Length; i++)
            _model.Parameters[i].Set(_parameters[i]);
        for (int i = 0; i < _states.Length; i++)
            _states[i].Node.Value.Bytes.CopyTo(_model.States[i].Value.Node.Value.Bytes);
    }
}
