using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// What the parts of one model are called. Each model has its own: building another one around the same layers renames
/// nothing.
/// </summary>
sealed class PartNames
{
    readonly Dictionary<Layer, (string Path, Parts Parts)> _layers = [];
    readonly Dictionary<Parameter, Parameter> _parameters = [];
    readonly List<State> _states = [];
    readonly Dictionary<string, Layer> _paths = new(StringComparer.Ordinal);
    readonly HashSet<string> _numbers = new(StringComparer.Ordinal);
    readonly HashSet<Layer> _begun = [];
    readonly List<(string First, string Again)> _shared = [];

    /// <summary>Where layers occur that occurred before: the first path and another one.</summary>
    public IReadOnlyList<(string First, string Again)> Shared => _shared;

    /// <summary>The path of a layer, or null when the model does not list it.</summary>
    public string? PathOf(Layer layer) => _layers.TryGetValue(layer, out var found) ? found.Path : null;

    /// <summary>The layer at a path, or null.</summary>
    public Layer? Find(string path) => _paths.GetValueOrDefault(path);

    public void Begin(Layer layer, string path, Parts parts)
    {
        _paths.Add(path, layer);
        _layers.Add(layer, (path, parts));
        _begun.Add(layer);
    }

    public void End(Layer layer) => _begun.Remove(layer);

    /// <summary>The parts of a layer that the model has listed already, or null when it may be added.</summary>
    /// <exception cref="InvalidOperationException">It lies inside itself, or another layer has its path.</exception>
    public Parts? Again(Layer layer, string path, Layer owner)
    {
        if (_begun.Contains(layer))
            throw new InvalidOperationException($"{layer.GetType().Name} lists itself, or a layer that it lies in, as "
                + $"its part {path}: a layer cannot lie inside itself.");
        if (!_layers.TryGetValue(layer, out var found))
            return _paths.ContainsKey(path) ? throw Twice(path, owner) : null;
        _shared.Add((found.Path, path));
        return found.Parts;
    }

    public Parameter Name(Parameter parameter, string name, Layer owner)
    {
        if (_parameters.TryGetValue(parameter, out Parameter? known))
            return known;
        Take(name, owner);
        return _parameters[parameter] = parameter.Named(name);
    }

    public State Name(State state, string name, Layer owner)
    {
        if (_states.Find(state.IsSameAs) is { } known)
            return known;
        Take(name, owner);
        _states.Add(state.Named(name));
        return _states[^1];
    }

    void Take(string name, Layer owner)
    {
        if (!_numbers.Add(name))
            throw Twice(name, owner);
    }

    static InvalidOperationException Twice(string name, Layer owner) => new(
        $"Two parts of {owner.GetType().Name} would be called {name}: give one of them another name where it is added, "
        + "for example parts.Add(_second, \"second\").");
}
