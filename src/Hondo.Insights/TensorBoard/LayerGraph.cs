namespace Hondo.Insights;

/// <summary>The layers of a step as TensorBoard's GraphDef: one node for each, arrows where numbers flow.</summary>
sealed class LayerGraph
{
    // What TensorFlow of today calls its own graphs.
    const int Producer = 22;

    readonly Dictionary<string, (string Op, string Text, Shape Shape, List<string> Inputs)> _nodes = [];
    readonly Dictionary<string, Layer> _layers;

    LayerGraph(Layer model) => _layers = model.Layers.ToDictionary(layer => model.PathOf(layer)!);

    /// <summary>The graph of the step that has just run.</summary>
    public static ProtoWriter Of(TrainingRun run)
    {
        var graph = new LayerGraph(run.Model);
        foreach (Call call in run.Recording!.Calls)
            graph.Add(call);
        return graph.Write();
    }

    void Add(Call call)
    {
        if (call is InputCall)
            return;
        string name = NameOf(call);
        // A layer of many ops has the shape of its last one.
        List<string> inputs = _nodes.TryGetValue(name, out var known) ? known.Inputs : [];
        _nodes[name] = (OpOf(call), TextOf(call), call.Shape, inputs);
        foreach (Node input in call.Inputs)
        {
            string from = NameOf(input);
            if (from == name || inputs.Contains(from))
                continue;
            inputs.Add(from);
            if (input is not Call or InputCall)
                _nodes.TryAdd(from, (input.Name, "", input.Shape, []));
        }
    }

    static string NameOf(Node node) => node switch
    {
        Leaf { Parameter: { Name.Length: > 0 } parameter } => Clean(parameter.Name),
        InputCall => "Inputs",
        Leaf leaf => Clean(leaf.Name),
        { LayerPath: { Length: > 0 } path } => Clean(path),
        _ => "Loss",
    };

    string OpOf(Call call) => call.LayerPath is { } path && _layers.TryGetValue(path, out Layer? layer)
        ? layer.GetType().Name
        : call.Name;

    string TextOf(Call call) => call.LayerPath is { } path && _layers.TryGetValue(path, out Layer? layer)
        ? layer.ToString()!
        : "";

    // Slashes make boxes within boxes; other characters are refused.
    static string Clean(string name) => string.Concat(name.Select(c =>
        char.IsAsciiLetterOrDigit(c) ? c : c == '.' ? '/' : '_'));

    ProtoWriter Write()
    {
        var graph = new ProtoWriter();
        foreach ((string name, (string op, string text, Shape shape, List<string> inputs)) in _nodes)
        {
            ProtoWriter node = new ProtoWriter().Text(1, name).Text(2, op);
            foreach (string input in inputs)
                node.Text(3, input);
            if (text.Length > 0)
                node.Message(5, new ProtoWriter().Text(1, "layer").Message(2, new ProtoWriter().Text(2, text)));
            graph.Message(1, node.Message(5, new ProtoWriter().Text(1, "_output_shapes")
                .Message(2, new ProtoWriter().Message(1, new ProtoWriter().Message(7, ShapeOf(shape))))));
        }
        return graph.Message(4, new ProtoWriter().Whole(1, Producer));
    }

    static ProtoWriter ShapeOf(Shape shape)
    {
        var message = new ProtoWriter();
        for (int i = 0; i < shape.Rank; i++)
            message.Message(2, new ProtoWriter().Whole(1, shape[i]));
        return message;
    }
}
