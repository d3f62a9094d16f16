using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// A layer that looks at earlier steps and can keep what it needs of them, so that reading one more step does not read
/// all others again (a key and value cache). Training never uses it: each window of a text stands for itself.
/// </summary>
public interface IKeyValueCached
{
    /// <summary>Where the steps read so far are kept, while one step is read at a time; null reads whole sequences.
    /// </summary>
    KeyValueCache? Past { get; set; }

    /// <summary>A past without steps.</summary>
    /// <param name="length">The most steps that it can hold.</param>
    KeyValueCache NewPast(int length);
}

/// <summary>
/// The steps of one sequence that a layer has read, some numbers of each. The tensors are the same in every step and
/// as long as the past can become, so that the tape can replay.
/// </summary>
public sealed class KeyValueCache
{
    readonly Leaf _values, _seen, _place;

    /// <summary>A past without steps.</summary>
    /// <param name="length">The most steps that it can hold.</param>
    /// <param name="numbers">Numbers kept of each step; 0 when only their count matters.</param>
    public KeyValueCache(int length, int numbers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        Length = length;
        _values = new Leaf([1, length, numbers], DType.Float32, "Past");
        _seen = new Leaf([1, length], DType.Int32);
        _place = new Leaf([1], DType.Int32);
        Clear();
    }

    /// <summary>The most steps that it can hold.</summary>
    public int Length { get; }

    /// <summary>How many steps it holds.</summary>
    public int Count { get; private set; }

    /// <summary>What was kept, [1, length, numbers]; zeros behind the last step.</summary>
    public Tensor Values => new(_values, 0);

    /// <summary>Int32 [1, length]: 1 for each step held.</summary>
    public Tensor Seen => new(_seen, 0);

    /// <summary>Int32 [1]: the place of the newest step, from 0.</summary>
    public Tensor Place => new(_place, 0);

    /// <summary>Adds a step.</summary>
    /// <param name="numbers">What to keep of it.</param>
    /// <exception cref="InvalidOperationException">It is full.</exception>
    public void Add(ReadOnlySpan<float> numbers)
    {
        if (Count == Length)
            throw new InvalidOperationException($"A past of {Length} steps is full: Clear it, or make a longer one.");
        numbers.CopyTo(_values.Value.As<float>().Slice(Count * numbers.Length, numbers.Length));
        _seen.Value.As<int>()[Count] = 1;
        _place.Value.As<int>()[0] = Count++;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _values.Value.Bytes.Clear();
        _seen.Value.Bytes.Clear();
        _place.Value.Bytes.Clear();
        Count = 0;
    }
}

/// <summary>
/// The pasts of all layers of a model that look back, for one reader that gives it one step after the other. Kernels
/// over time look at neighbours and keep nothing of them: a model with such a layer reads whole windows.
/// </summary>
public sealed class KeyValueCaches
{
    readonly IKeyValueCached[] _layers;
    readonly KeyValueCache[] _pasts;
    readonly KeyValueCache?[] _before;
    int _readings;
    bool _isReading;

    /// <summary>A past without steps.</summary>
    /// <param name="model">The model; one that does not look back is fine.</param>
    /// <param name="length">The most steps that it is to hold; layers may know fewer.</param>
    /// <exception cref="InvalidOperationException">A layer also looks at what follows.</exception>
    public KeyValueCaches(Layer model, int length)
    {
        bool readsWindows = model.Layers.Any(layer => layer is Conv1d or ConvTranspose1d or MaxPool1d or AveragePool1d);
        _layers = readsWindows ? [] : [.. model.Layers.OfType<IKeyValueCached>()];
        _pasts = [.. _layers.Select(layer => layer.NewPast(length))];
        _before = new KeyValueCache?[_layers.Length];
        Length = _pasts.Select(past => past.Length).DefaultIfEmpty(0).Min();
    }

    /// <summary>True when a layer of the model looks back.</summary>
    public bool IsUsed => _layers.Length > 0;

    /// <summary>The most steps that it holds; 0 when it is not used.</summary>
    public int Length { get; }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (KeyValueCache past in _pasts)
            past.Clear();
    }

    /// <summary>Lets the model look back here until the result is disposed.</summary>
    public Reading Begin()
    {
        if (_isReading)
            throw new InvalidOperationException("The model uses this caches already: end that reading first, or make "
                + "another KeyValueCaches for another reader.");
        _isReading = true;
        for (int i = 0; i < _layers.Length; i++)
            (_before[i], _layers[i].Past) = (_layers[i].Past, _pasts[i]);
        return new(this, ++_readings);
    }

    void End(int reading)
    {
        if (!_isReading || reading != _readings)
            throw new InvalidOperationException("This reading has ended already; to end it once more would end "
                + "another one: 'using (caches.Begin())' ends it with its block.");
        _isReading = false;
        for (int i = 0; i < _layers.Length; i++)
            _layers[i].Past = _before[i];
    }

    /// <summary>A time in which the model looks back.</summary>
    public readonly struct Reading : IDisposable
    {
        readonly KeyValueCaches? _past;
        readonly int _number;

        internal Reading(KeyValueCaches past, int number) => (_past, _number) = (past, number);

        /// <summary>Gives the model back the past that it had.</summary>
        /// <exception cref="InvalidOperationException">It has ended already.</exception>
        public void Dispose() => _past?.End(_number);
    }
}
