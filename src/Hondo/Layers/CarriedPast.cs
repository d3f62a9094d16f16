namespace Hondo.Layers;

/// <summary>
/// The pasts of all layers of a model that look back, for one reader that gives it one step after the other. Kernels
/// over time look at neighbours and keep nothing of them: a model with such a layer reads whole windows.
/// </summary>
public sealed class KeyValueCaches
{
    readonly IKeyValueCached[] _layers;
    readonly KeyValueCache[] _pasts;
    readonly KeyValueCache?[] _before;

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
        for (int i = 0; i < _layers.Length; i++)
            (_before[i], _layers[i].Past) = (_layers[i].Past, _pasts[i]);
        return new(this);
    }

    void End()
    {
        for (int i = 0; i < _layers.Length; i++)
            _layers[i].Past = _before[i];
    }

    /// <summary>A time in which the model looks back.</summary>
    public readonly struct Reading : IDisposable
    {
        readonly KeyValueCaches? _past;

        internal Reading(KeyValueCaches past) => _past = past;

        /// <summary>Gives the model back the past that it had.</summary>
        public void Dispose() => _past?.End();
    }
}
