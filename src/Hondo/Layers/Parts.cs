using System.Globalization;
using System.Runtime.CompilerServices;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Collects and names what a layer is made of. One method of a layer thus serves its parameters, its files, its
/// summary and its initialization, without reflection.
/// </summary>
public sealed class Parts
{
    readonly List<Parameter> _parameters = [];
    readonly List<State> _states = [];
    readonly List<Layer> _layers = [];
    readonly HashSet<object> _own = [];
    readonly Layer _owner;
    readonly string _prefix;
    readonly int _depth;

    internal Parts(Layer layer, string path, PartNames? names = null, int depth = 0)
    {
        if (depth > Layer.MostDepth)
            throw new InvalidOperationException($"Layer {path[..Math.Min(path.Length, 40)]}… lies {depth} layers "
                + $"deep: at most {Layer.MostDepth} can lie inside each other. Put layers one after the other in one "
                + $"Sequential.");
        (_owner, _prefix, _depth) = (layer, path.Length == 0 ? "" : path + ".", depth);
        Names = names ?? new();
        Names.Begin(layer, path, this);
        _own.Add(layer);
        _layers.Add(layer);
        layer.BindTo(this, path);
        layer.Parts(this);
        Names.End(layer);
    }

    /// <summary>The names that the outermost layer gave.</summary>
    internal PartNames Names { get; }

    internal IReadOnlyList<Parameter> AllParameters => _parameters;

    internal IReadOnlyList<State> AllStates => _states;

    internal IReadOnlyList<Layer> AllLayers => _layers;

    /// <summary>
    /// Adds a parameter under the name of the expression that was passed: <c>Weight</c> becomes <c>weight</c>. One that
    /// another layer of the model has added keeps its first name: both train the same numbers.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another part has this name.</exception>
    public Parts Add(Parameter? parameter, [CallerArgumentExpression(nameof(parameter))] string name = "")
    {
        if (parameter is not null)
            Take(Names.Name(parameter, _prefix + Clean(name), _owner));
        return this;
    }

    /// <summary>Adds numbers that files keep but training does not learn, such as running statistics.</summary>
    /// <exception cref="InvalidOperationException">Another part has this name.</exception>
    public Parts Add(State? state, [CallerArgumentExpression(nameof(state))] string name = "")
    {
        if (state is not null)
            Take(Names.Name(state, _prefix + Clean(name), _owner));
        return this;
    }

    /// <summary>
    /// Adds an inner layer under the name of the expression that was passed: <c>_encoder</c> becomes <c>encoder</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another part has this name.</exception>
    // A Sequential is a list of layers too; it is added as the one layer that it is.
    [OverloadResolutionPriority(1)]
    public Parts Add(Layer? layer, [CallerArgumentExpression(nameof(layer))] string name = "")
    {
        if (layer is null)
            return this;
        string path = _prefix + Clean(name);
        Parts inner = Names.Again(layer, path, _owner) ?? new(layer, path, Names, _depth + 1);
        foreach (Parameter parameter in inner._parameters)
            Take(parameter);
        foreach (State state in inner._states)
            Take(state);
        foreach (Layer part in inner._layers)
            if (_own.Add(part))
                _layers.Add(part);
        return this;
    }

    /// <summary>Adds inner layers, named by their place: <c>0</c>, <c>1</c>, …</summary>
    /// <exception cref="InvalidOperationException">
    /// Another part has this name: a layer with two lists names one of them itself,
    /// <c>parts.Add(_decoders[i], $"decoder{i}")</c>.
    /// </exception>
    public Parts Add(IReadOnlyList<Layer> layers, [CallerArgumentExpression(nameof(layers))] string name = "")
    {
        if (layers is Layer one)
            return Add(one, name);
        for (int i = 0; i < layers.Count; i++)
            Add(layers[i], i.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>Adds a parameter under a name as it is, dots included: that of another program's file.</summary>
    internal void AddAs(string name, Parameter parameter) => Take(Names.Name(parameter, _prefix + name, _owner));

    /// <inheritdoc cref="AddAs(string, Parameter)"/>
    internal void AddAs(string name, State state) => Take(Names.Name(state, _prefix + name, _owner));

    void Take(Parameter parameter)
    {
        if (_own.Add(parameter))
            _parameters.Add(parameter);
    }

    void Take(State state)
    {
        if (!_states.Exists(state.IsSameAs))
            _states.Add(state);
    }

    static string Clean(string expression)
    {
        string name = expression[(expression.LastIndexOf('.') + 1)..].TrimStart('_');
        return name.Length == 0
            ? throw new ArgumentException($"A part of a layer needs a name, but got \"{expression}\".",
            nameof(expression))
            : char.ToLowerInvariant(name[0]) + name[1..];
    }
}
