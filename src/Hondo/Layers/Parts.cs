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
    readonly string _prefix;

    internal Parts(Layer layer, string path)
    {
        _prefix = path.Length == 0 ? "" : path + ".";
        _layers.Add(layer);
        layer.BindTo(this, path);
        layer.Parts(this);
    }

    internal IReadOnlyList<Parameter> AllParameters => _parameters;

    internal IReadOnlyList<State> AllStates => _states;

    internal IReadOnlyList<Layer> AllLayers => _layers;

    /// <summary>
    /// Adds a parameter under the name of the expression that was passed: <c>Weight</c> becomes <c>weight</c>.
    /// </summary>
    public Parts Add(Parameter? parameter, [CallerArgumentExpression(nameof(parameter))] string name = "")
    {
        if (parameter is null || _parameters.Contains(parameter))
            return this;
        parameter.Name = _prefix + Clean(name);
        _parameters.Add(parameter);
        return this;
    }

    /// <summary>Adds numbers that files keep but training does not learn, such as running statistics.</summary>
    public Parts Add(State? state, [CallerArgumentExpression(nameof(state))] string name = "")
    {
        if (state is null)
            return this;
        state.Name = _prefix + Clean(name);
        _states.Add(state);
        return this;
    }

    /// <summary>Adds an inner layer.</summary>
    public Parts Add(Layer? layer, [CallerArgumentExpression(nameof(layer))] string name = "")
    {
        if (layer is null || _layers.Contains(layer))
            return this;
        var inner = new Parts(layer, _prefix + Clean(name));
        foreach (Parameter parameter in inner._parameters)
            if (!_parameters.Contains(parameter))
                _parameters.Add(parameter);
        _states.AddRange(inner._states);
        _layers.AddRange(inner._layers);
        return this;
    }

    /// <summary>Adds inner layers, named by their place: <c>0</c>, <c>1</c>, …</summary>
    public Parts Add(IReadOnlyList<Layer> layers)
    {
        for (int i = 0; i < layers.Count; i++)
            Add(layers[i], i.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    static string Clean(string expression)
    {
        string name = expression[(expression.LastIndexOf('.') + 1)..].TrimStart('_');
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
