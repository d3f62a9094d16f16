using System.Globalization;
using Google.Protobuf.Collections;
using Hondo.Layers;
using Hondo.Onnx.Proto;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Onnx.Export;

/// <summary>
/// Writes layers behind a graph that was imported and runs node by node, such as a body with a new head: the graph's
/// own nodes, then those of the layers, in one file.
/// </summary>
static class GraphJoin
{
    // Operators that mean the same since opset 13: they can stand behind a graph of an older version than is written.
    const int OldestOpset = 13;

    static readonly HashSet<string> Lasting = ["Add", "Sub", "Mul", "Div", "MatMul", "Gemm", "Relu", "Sigmoid", "Tanh",
        "Softmax", "LogSoftmax", "Flatten", "Transpose", "Concat", "Identity", "Cast", "GlobalAveragePool", "Conv",
        "MaxPool", "AveragePool", "Clip", "Elu", "LeakyRelu", "Sqrt", "Exp", "Log", "Neg", "Abs", "Erf"];

    /// <summary>The layers, of which the first one is a graph.</summary>
    /// <param name="layers">A graph and what comes behind it.</param>
    /// <param name="body">The first of them.</param>
    /// <param name="shape">One sample.</param>
    /// <param name="options">The card, and whether what people have is normalized first.</param>
    public static ModelProto Write(Sequential layers, OnnxModel body, Shape shape, OnnxExportOptions options)
    {
        ModelProto proto = body.Proto;
        long opset = OpsetOf(proto);
        OnnxExportOptions same = options with
        {
            Opset = (int)Math.Clamp(opset, OnnxExportOptions.OldestOpset, OnnxExportOptions.NewestOpset),
            Normalizes = false,
            TimeAxis = null,
        };
        if (body.Inputs[0].IsFeaturesLast)
            throw new OnnxNotSupportedException("The imported graph takes images whose channels are last; the layers "
                + "around it would be written for channels that come first. Export the graph by itself.");
        Shape features = [.. body.Forward(Tensor.Zeros([1, .. shape])).Shape.Skip(1)];
        ModelProto head = ModelWriter.Write([new("features", features)], ["output"],
            x => [layers[1..].Forward(x[0])], layers, same).Proto;
        foreach (NodeProto node in head.Graph.Node)
            if (opset != same.Opset && (opset < OldestOpset || !Lasting.Contains(node.OpType)))
                throw new OnnxNotSupportedException($"The imported graph has operators of version {opset}, and behind "
                    + $"it '{node.OpType}' of version {same.Opset} would stand: export the graph anew with opset "
                    + $"{OnnxExportOptions.OldestOpset} to {OnnxExportOptions.NewestOpset} where it comes from.");
        Append(proto.Graph, head.Graph);
        if (options is { Normalizes: true, Card.Normalization.Length: > 0 })
            Prepend(proto.Graph, shape, same with { Normalizes = true });
        return WithCard(proto, options is { Normalizes: true, Card: { } card } ? RawInput.Outside(card) : options.Card);
    }

    /// <summary>What a card says, beside what the file says of itself.</summary>
    public static ModelProto WithCard(ModelProto proto, ModelCard? card)
    {
        foreach ((string key, string text) in ModelCardText.Write((card ?? new()) with { Text = "" })
            .OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            foreach (StringStringEntryProto old in proto.MetadataProps.Where(one => one.Key == key).ToArray())
                proto.MetadataProps.Remove(old);
            proto.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = text });
        }
        return proto;
    }

    static long OpsetOf(ModelProto proto) => proto.OpsetImport.FirstOrDefault(one => one.Domain.Length == 0)?.Version
        ?? 1;

    // What people have becomes what the graph takes.
    static void Prepend(GraphProto graph, Shape shape, OnnxExportOptions options)
    {
        GraphProto before = ModelWriter.Write([new("raw", shape)], ["normalized"], x => [x[0]], new Sequential(),
            options).Proto.Graph;
        ValueInfoProto input = graph.Input[0];
        Rename(before, Names(graph), (before.Output[0].Name, input.Name));
        graph.Input[0] = before.Input[0];
        graph.ValueInfo.Add(input);
        NodeProto[] nodes = [.. before.Node, .. graph.Node];
        graph.Node.Clear();
        graph.Node.Add(nodes);
        graph.Initializer.Add(before.Initializer);
    }

    // The nodes of layers behind a graph.
    static void Append(GraphProto graph, GraphProto next)
    {
        Rename(next, Names(graph), (next.Input[0].Name, graph.Output[0].Name));
        graph.Node.Add(next.Node);
        graph.Initializer.Add(next.Initializer);
        graph.ValueInfo.Add(next.ValueInfo);
        graph.Output.Clear();
        graph.Output.Add(next.Output);
    }

    // Gives names that are free beside others, and one value the name that it has there.
    static void Rename(GraphProto graph, IEnumerable<string> others, (string Own, string Other) joint)
    {
        HashSet<string> taken = [.. others];
        Dictionary<string, string> names = new() { [joint.Own] = joint.Other };
        foreach (string name in Names(graph).Distinct().Where(name => !names.ContainsKey(name)).ToArray())
        {
            names[name] = name;
            for (int i = 2; !taken.Add(names[name]); i++)
                names[name] = string.Create(CultureInfo.InvariantCulture, $"{name}_{i}");
        }
        foreach (NodeProto node in graph.Node)
        {
            Rename(node.Input, names);
            Rename(node.Output, names);
            node.Name = names[node.Name];
        }
        foreach (TensorProto tensor in graph.Initializer)
            tensor.Name = names[tensor.Name];
        foreach (ValueInfoProto info in graph.ValueInfo.Concat(graph.Input).Concat(graph.Output))
            info.Name = names[info.Name];
    }

    static void Rename(RepeatedField<string> list, Dictionary<string, string> names)
    {
        for (int i = 0; i < list.Count; i++)
            list[i] = list[i].Length == 0 ? "" : names[list[i]];
    }

    // Of values, weights and nodes.
    static IEnumerable<string> Names(GraphProto graph) => graph.Node.SelectMany(node => node.Output.Append(node.Name))
        .Concat(graph.Input.Concat(graph.Output).Select(info => info.Name))
        .Concat(graph.Initializer.Select(tensor => tensor.Name)).Where(name => name.Length > 0);
}
