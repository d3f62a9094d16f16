using Hondo.Onnx.Values;

namespace Hondo.Onnx.Graphs;

/// <summary>
/// Raises every node to the newest form of its operator, so that each op is written once: what were attributes become
/// inputs, what was usual is written down, renamed operators take their new names.
/// </summary>
sealed class Normalizer
{
    delegate Node Rule(Node node, int opset, Normalizer normalizer);

    static readonly Dictionary<string, (int Below, Rule Rule)> Rules = new()
    {
        ["Cast"] = (6, (node, _, _) => node.Attributes["to"] is string name
            ? With(node, "to", (long)TypeNamed(name)) : node),
        ["Clip"] = (11, (node, _, n) => n.ToInputs(node, 1, ("min", ElementType.Float32),
            ("max", ElementType.Float32))),
        ["Dropout"] = (12, (node, _, n) => n.ToInputs(node, 1, ("ratio", ElementType.Float32))),
        ["Hardmax"] = (13, Flattened),
        ["LogSoftmax"] = (13, Flattened),
        ["Pad"] = (11, (node, _, n) => n.ToInputs(Renamed(node, "paddings", "pads"), 1, ("pads", ElementType.Int64),
            ("value", ElementType.Float32))),
        ["Reshape"] = (5, (node, _, n) => n.ToInputs(node, 1, ("shape", ElementType.Int64))),
        ["Resize"] = (11, (node, _, _) => Resized(node)),
        ["Scatter"] = (int.MaxValue, (node, _, _) => node with { Op = "ScatterElements" }),
        ["Slice"] = (10, (node, _, n) => n.ToInputs(node, 1, ("starts", ElementType.Int64), ("ends", ElementType.Int64),
            ("axes", ElementType.Int64))),
        ["Softmax"] = (13, Flattened),
        ["Split"] = (13, (node, _, n) => n.ToInputs(node, 1, ("split", ElementType.Int64))),
        ["Squeeze"] = (13, AxesToInput),
        ["TopK"] = (10, (node, _, n) => n.ToInputs(node, 1, ("k", ElementType.Int64))),
        ["Unsqueeze"] = (13, AxesToInput),
        ["Upsample"] = (int.MaxValue, Upsampled),
        ["ReduceSum"] = (13, AxesToInput),
        ["ReduceL1"] = (18, AxesToInput),
        ["ReduceL2"] = (18, AxesToInput),
        ["ReduceLogSum"] = (18, AxesToInput),
        ["ReduceLogSumExp"] = (18, AxesToInput),
        ["ReduceMax"] = (18, AxesToInput),
        ["ReduceMean"] = (18, AxesToInput),
        ["ReduceMin"] = (18, AxesToInput),
        ["ReduceProd"] = (18, AxesToInput),
        ["ReduceSumSquare"] = (18, AxesToInput),
    };

    readonly Dictionary<string, OnnxTensor> _constants = [];
    int _count;

    /// <summary>The file with every node in its newest form.</summary>
    public static OnnxFile Raise(OnnxFile file)
    {
        int opset = file.Opsets.GetValueOrDefault("", 1);
        return file with
        {
            Graph = new Normalizer().Raise(file.Graph, opset),
            Functions = [.. file.Functions.Select(f => Raise(f, opset))],
        };
    }

    // A function has no initializers: constants that come in become Constant nodes.
    static Function Raise(Function function, int opset)
    {
        var normalizer = new Normalizer();
        int own = function.Opsets.GetValueOrDefault("", opset);
        Node[] nodes = [.. function.Nodes.Select(node => normalizer.Raise(node, own))];
        return function with
        {
            Nodes = [.. normalizer._constants.Select(c => new Node(c.Key, "Constant", "", [], [c.Key],
                new Dictionary<string, object> { ["value"] = c.Value })), .. nodes],
        };
    }

    Graph Raise(Graph graph, int opset)
    {
        Node[] nodes = [.. graph.Nodes.Select(node => Raise(node, opset))];
        return _constants.Count == 0 ? graph with { Nodes = nodes } : graph with
        {
            Nodes = nodes,
            Initializers = graph.Initializers.Concat(_constants).ToDictionary(p => p.Key, p => p.Value),
        };
    }

    Node Raise(Node node, int opset)
    {
        if (node.Attributes.Values.Any(value => value is Graph))
            node = node with
            {
                Attributes = node.Attributes.ToDictionary(p => p.Key,
                    p => p.Value is Graph graph ? new Normalizer().Raise(graph, opset) : p.Value),
            };
        return node.Domain.Length == 0 && Rules.TryGetValue(node.Op, out var rule) && opset < rule.Below
            ? rule.Rule(node, opset, this) : node;
    }

    static Node With(Node node, string name, object value) =>
        node with { Attributes = new Dictionary<string, object>(node.Attributes) { [name] = value } };

    static Node Renamed(Node node, string old, string name) =>
        node.Attributes.TryGetValue(old, out object? value) ? With(node, name, value) : node;

    // Before opset 13 these worked on all axes from one on, taken as one; and that one was the second.
    static Node Flattened(Node node, int opset, Normalizer normalizer) =>
        With(With(node, "axis", node.Int("axis", 1)), "flattens", 1L);

    static Node AxesToInput(Node node, int opset, Normalizer normalizer) =>
        normalizer.ToInputs(node, 1, ("axes", ElementType.Int64));

    // The input of regions came with opset 11; before it pixels were placed from the corner, and rounded down.
    static Node Resized(Node node) =>
        With(With(node, "coordinate_transformation_mode", "asymmetric"), "nearest_mode", "floor") with
        {
            Inputs = [node.Inputs[0], "", .. node.Inputs.Skip(1)],
        };

    static Node Upsampled(Node node, int opset, Normalizer normalizer)
    {
        Node scaled = opset < 9 ? normalizer.ToInputs(Scales(node), 1, ("scales", ElementType.Float32)) : node;
        return Resized(scaled with { Op = "Resize" });
    }

    static Node Scales(Node node) => node.Has("scales") || !node.Has("height_scale") ? node
        : With(node, "scales", new double[] { 1, 1, node.Float("height_scale", 1), node.Float("width_scale", 1) });

    Node ToInputs(Node node, int first, params ReadOnlySpan<(string Name, ElementType Type)> attributes)
    {
        List<string> inputs = [.. node.Inputs.Take(first)];
        foreach ((string name, ElementType type) in attributes)
            inputs.Add(!node.Attributes.TryGetValue(name, out object? value) ? "" : Constant(node, name, value switch
            {
                long[] list => OnnxTensor.Of(type, [list.Length], (long[])list.Clone()),
                double[] list => OnnxTensor.Of(type, [list.Length], (double[])list.Clone()),
                long number when type == ElementType.Int64 => OnnxTensor.List(number),
                long number => OnnxTensor.Scalar(type, number),
                double number => OnnxTensor.Scalar(type, number),
                _ => throw new OnnxException($"{node.Label}: attribute '{name}' is of a wrong kind."),
            }));
        while (inputs.Count > 0 && inputs[^1].Length == 0)
            inputs.RemoveAt(inputs.Count - 1);
        return inputs.Count <= node.Inputs.Count && node.Inputs.Count > first ? node : node with { Inputs = inputs };
    }

    string Constant(Node node, string attribute, OnnxTensor value)
    {
        string name = $"{(node.Outputs.Count > 0 ? node.Outputs[0] : node.Name)}.{attribute}#{_count++}";
        _constants[name] = value;
        return name;
    }

    static ElementType TypeNamed(string name) => name.ToUpperInvariant() switch
    {
        "FLOAT" => ElementType.Float32,
        "DOUBLE" => ElementType.Float64,
        var other when Enum.TryParse(other, ignoreCase: true, out ElementType type) => type,
        _ => throw new OnnxException($"Cast to '{name}', which is no type."),
    };
}
