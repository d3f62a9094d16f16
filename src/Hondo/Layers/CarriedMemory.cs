using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// The memories of all layers of a model that remember, for one reader of a text: training, measuring and writing each
/// have their own and do not disturb each other.
/// </summary>
public sealed class RecurrentState
{
    readonly IStateful[] _layers;
    readonly LayerState[] _memories;
    readonly LayerState?[] _before;

    /// <summary>A memory of nothing.</summary>
    /// <param name="model">The model; one without memory is fine.</param>
    /// <param name="streams">How many sequences are read side by side.</param>
    public RecurrentState(Layer model, int streams)
    {
        _layers = [.. model.Layers.OfType<IStateful>()];
        _memories = [.. _layers.Select(layer => layer.NewMemory(streams))];
        _before = new LayerState?[_layers.Length];
    }

    /// <summary>True when a layer of the model remembers.</summary>
    public bool IsUsed => _layers.Length > 0;

    /// <summary>What the next window will start with, layer by layer.</summary>
    internal IReadOnlyList<Tensor> Values =>
        [.. _memories.SelectMany(memory => Enumerable.Range(0, memory.Count).Select(memory.Next))];

    /// <summary>Sets one of the <see cref="Values"/>.</summary>
    internal void Set(int i, Tensor value)
    {
        int memory = 0;
        for (; i >= _memories[memory].Count; memory++)
            i -= _memories[memory].Count;
        _memories[memory].Set(i, value);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (LayerState memory in _memories)
            memory.Clear();
    }

    /// <summary>Lets the model remember here until the result is disposed.</summary>
    public Reading Begin()
    {
        for (int i = 0; i < _layers.Length; i++)
            (_before[i], _layers[i].Memory) = (_layers[i].Memory, _memories[i]);
        return new(this);
    }

    void End()
    {
        for (int i = 0; i < _layers.Length; i++)
            _layers[i].Memory = _before[i];
    }

    /// <summary>A time in which the model remembers.</summary>
    public readonly struct Reading : IDisposable
    {
        readonly RecurrentState? _memory;

        internal Reading(RecurrentState memory) => _memory = memory;

        /// <summary>Gives the model back the memory that it had.</summary>
        public void Dispose() => _memory?.End();
    }
}
