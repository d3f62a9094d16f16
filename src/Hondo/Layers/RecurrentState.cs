using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// A layer that reads a sequence step by step and can go on where it stopped: what it knew at the end of one window is
/// where the next one starts (truncated backpropagation through time, Williams and Peng 1990).
/// </summary>
public interface IStateful
{
    /// <summary>Where the next forward starts and its end is kept; null to start from zeros each time.</summary>
    LayerState? Memory { get; set; }

    /// <summary>A memory of zeros.</summary>
    /// <param name="streams">How many sequences are read side by side.</param>
    LayerState NewMemory(int streams);
}

/// <summary>
/// What a layer knows between two windows: some tensors, for as many sequences as are read side by side. Backward of
/// a window still needs where it started, so its end waits until the next window begins.
/// </summary>
public sealed class LayerState
{
    readonly Leaf[] _start, _end;
    bool _hasEnd;

    /// <summary>A memory of zeros.</summary>
    /// <param name="shapes">The shape of each tensor, <c>[layers, streams, units]</c> for example.</param>
    public LayerState(params ReadOnlySpan<Shape> shapes)
    {
        (_start, _end) = (new Leaf[shapes.Length], new Leaf[shapes.Length]);
        for (int i = 0; i < shapes.Length; i++)
            (_start[i], _end[i]) = (new Leaf(shapes[i], DType.Float32, "Memory"), new Leaf(shapes[i], DType.Float32));
        Clear();
    }

    /// <summary>Begins a window: where the last one ended is now the start.</summary>
    public void Advance()
    {
        for (int i = 0; _hasEnd && i < _start.Length; i++)
            _end[i].Value.Bytes.CopyTo(_start[i].Value.Bytes);
        _hasEnd = false;
    }

    /// <summary>Where the window starts. The tensor is the same in every step, so that the tape can replay.</summary>
    public Tensor this[int i] => new(_start[i], 0);

    /// <summary>Keeps where the window ended.</summary>
    /// <exception cref="ShapeException">The shape is not the memory's.</exception>
    public void Keep(int i, Tensor end)
    {
        if (end.Shape != _end[i].Shape)
            throw new ShapeException($"The memory holds {_end[i].Shape}, but the window ended with {end.Shape}: make a "
                + "new memory for another number of streams.");
        end.Values<float>().CopyTo(_end[i].Value.As<float>());
        _hasEnd = true;
    }

    /// <summary>How many tensors there are.</summary>
    public int Count => _start.Length;

    /// <summary>Where the next window will start.</summary>
    public Tensor Next(int i) => new(_hasEnd ? _end[i] : _start[i], 0);

    /// <summary>Lets the next window start elsewhere: all tensors of the memory are to be set.</summary>
    /// <exception cref="ShapeException">The shape is not the memory's.</exception>
    public void Set(int i, Tensor start)
    {
        Keep(i, start);
        start.Values<float>().CopyTo(_start[i].Value.As<float>());
    }

    /// <summary>Forgets everything: zeros.</summary>
    public void Clear()
    {
        foreach (Leaf leaf in _start)
            leaf.Value.Bytes.Clear();
        _hasEnd = false;
    }
}

/// <summary>
/// The memories of all layers of a model that remember, for one reader of a text: training, measuring and writing each
/// have their own and do not disturb each other.
/// </summary>
public sealed class RecurrentState
{
    readonly IStateful[] _layers;
    readonly LayerState[] _memories;
    readonly LayerState?[] _before;
    int _readings;
    bool _isReading;

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
        if (_isReading)
            throw new InvalidOperationException("The model uses this state already: end that reading first, or make "
                + "another RecurrentState for another reader.");
        _isReading = true;
        for (int i = 0; i < _layers.Length; i++)
            (_before[i], _layers[i].Memory) = (_layers[i].Memory, _memories[i]);
        return new(this, ++_readings);
    }

    void End(int reading)
    {
        if (!_isReading || reading != _readings)
            throw new InvalidOperationException("This reading has ended already; to end it once more would end "
                + "another one: 'using (state.Begin())' ends it with its block.");
        _isReading = false;
        for (int i = 0; i < _layers.Length; i++)
            _layers[i].Memory = _before[i];
    }

    /// <summary>A time in which the model remembers.</summary>
    public readonly struct Reading : IDisposable
    {
        readonly RecurrentState? _memory;
        readonly int _number;

        internal Reading(RecurrentState memory, int number) => (_memory, _number) = (memory, number);

        /// <summary>Gives the model back the memory that it had.</summary>
        /// <exception cref="InvalidOperationException">It has ended already.</exception>
        public void Dispose() => _memory?.End(_number);
    }
}
