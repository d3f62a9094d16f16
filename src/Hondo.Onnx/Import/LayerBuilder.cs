using System.Globalization;
using Hondo.Layers;
using Hondo.Onnx.Graphs;
using Hondo.Onnx.Values;
using Hondo.Tensors;

namespace Hondo.Onnx.Import;

/// <summary>
/// Reads a graph as Hondo's own layers: chains, sums of two ways (Residual) and ways side by side (Concat). Images lie
/// features last everywhere, so nothing is transposed: weights are, once, here.
/// </summary>
sealed class LayerBuilder
{
    readonly Graph _graph;
    readonly Dictionary<string, Node> _makers = [];
    readonly Dictionary<string, Form> _forms = [];
    readonly Dictionary<string, (string? Parent, int Depth)> _dominators = [];
    readonly HashSet<Node> _done = new(ReferenceEqualityComparer.Instance);
    readonly NodeLayers _layers;

    LayerBuilder(Graph graph)
    {
        _graph = graph with { Nodes = LinearLayers.JoinBiases(graph) };
        _layers = new(graph.Initializers, _forms);
        foreach (Node node in _graph.Nodes)
            foreach (string output in node.Outputs)
                _makers[output] = node;
    }

    /// <summary>The layers, or why there are none.</summary>
    /// <param name="graph">A graph without foldable nodes.</param>
    /// <param name="output">The value to compute.</param>
    public static (Sequential? Layers, string Reason) Build(Graph graph, string output)
    {
        try
        {
            var builder = new LayerBuilder(graph);
            string input = builder.Start();
            builder.Spread();
            builder.RequireOutput(output);
            return (new([.. NormLayers.Begin(builder.Chain(input, output))]), "");
        }
        catch (NoLayerException error)
        {
            return (null, error.Message);
        }
        catch (Exception error) when (error is ArgumentException or IndexOutOfRangeException or OverflowException
            or ShapeException or OnnxException or DivideByZeroException)
        {
            // What is wrong with the file is said, node by node, by whoever runs it.
            return (null, $"its weights and attributes do not fit each other ({error.Message.TrimEnd('.')})");
        }
    }

    string Start()
    {
        if (_graph.Needed is not [{ Kind: "tensor", Dims: { } dims } input]
            || input.Type is not (ElementType.Float32 or ElementType.UInt8))
            throw new NoLayerException("it has not one input of float numbers of a known shape");
        _forms[input.Name] = dims.Count switch
        {
            4 when input.IsFeaturesLast => new(Layout.FeaturesLast, int.Parse(dims[3], CultureInfo.InvariantCulture),
                Length(dims[1]), Length(dims[2])),
            4 when int.TryParse(dims[1], out int channels) => Length(dims[2]) > 0 && Length(dims[3]) > 0
                ? new(Layout.Image, channels, Length(dims[2]), Length(dims[3])) : new(Layout.Image, channels),
            2 => new(Layout.Rows, 0),
            _ => throw new NoLayerException($"its input is {input}"),
        };
        _dominators[input.Name] = (null, 0);
        return input.Name;

        static int Length(string dim) => int.TryParse(dim, out int length) ? length : 0;
    }

    // Forms and dominators of every value that depends on the input, in the order of the nodes.
    void Spread()
    {
        foreach (Node node in _graph.Nodes)
        {
            string[] data = [.. Data(node)];
            if (data.Length == 0 || node.Outputs.Count == 0 || !data.All(_forms.ContainsKey))
                continue;
            if (_layers.FormOf(node, data) is { } form)
                _forms[node.Outputs[0]] = form;
            else
                continue;
            string parent = data.Aggregate(Common);
            _dominators[node.Outputs[0]] = (parent, _dominators[parent].Depth + 1);
        }
    }

    string Common(string a, string b)
    {
        while (a != b)
            if (_dominators[a].Depth >= _dominators[b].Depth)
                a = _dominators[a].Parent!;
            else
                b = _dominators[b].Parent!;
        return a;
    }

    void RequireOutput(string output)
    {
        if (!_forms.TryGetValue(output, out Form form))
            throw new NoLayerException(_makers.TryGetValue(output, out Node? maker)
                ? $"there is no layer for {Culprit(maker).Label}" : $"nothing makes '{output}'");
        if (form.Layout == Layout.FeaturesLast)
            throw new NoLayerException("its channels are the last axis all through");
        if (form is { Layout: Layout.Rows, Channels: > 0 })
            throw new NoLayerException("its output is a flattened image, whose order would change");
    }

    // The first node on the way to this one that no layer is known for.
    Node Culprit(Node node)
    {
        while (node.Inputs.FirstOrDefault(i => _makers.ContainsKey(i) && !_forms.ContainsKey(i)) is { } input)
            node = _makers[input];
        return node;
    }

    IEnumerable<string> Data(Node node) => _layers.DataInputs(node);

    List<Layer> Chain(string from, string to)
    {
        List<Layer[]> parts = [];
        while (to != from)
        {
            if (!_makers.TryGetValue(to, out Node? node) || !_done.Add(node))
                throw new NoLayerException($"its branches cross at '{to}'");
            string[] data = [.. Data(node)];
            if (data.Length == 1)
            {
                parts.Add(_layers.Make(node, data[0]));
                to = data[0];
                continue;
            }
            string fork = _dominators[to].Parent!;
            if (_dominators[fork].Depth < _dominators[from].Depth)
                throw new NoLayerException($"its branches cross at '{to}'");
            Layer[] ways = [.. data.Select(input => Way(Chain(fork, input)))];
            parts.Add([node.Op is "Concat" ? new Concat(ways) : Sum(ways, node)]);
            to = fork;
        }
        parts.Reverse();
        return NormLayers.Absorb([.. parts.SelectMany(part => part)]);
    }

    static Layer Way(List<Layer> layers) => layers.Count switch
    {
        0 => new Identity(),
        1 => layers[0],
        _ => new Sequential([.. layers]),
    };

    // The longer way is the body.
    static Residual Sum(Layer[] ways, Node node)
    {
        if (ways.Length != 2)
            throw new NoLayerException($"{node.Label} adds {ways.Length} ways");
        (Layer body, Layer around) = Length(ways[0]) >= Length(ways[1]) ? (ways[0], ways[1]) : (ways[1], ways[0]);
        return new(body, around is Identity ? null : around);
    }

    static int Length(Layer way) => way is Sequential layers ? layers.Count : way is Identity ? 0 : 1;
}

/// <summary>Why a graph has no layers of Hondo's own.</summary>
sealed class NoLayerException(string message) : Exception(message);
