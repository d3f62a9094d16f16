using Hondo.Onnx.Graphs;
using Hondo.Onnx.Proto;

namespace Hondo.Onnx.Gradients;

/// <summary>Weights of loops and branches become weights of the whole graph.</summary>
static class OuterWeights
{
    /// <summary>The file with the fractions of inner graphs beside its own, so that they can be weights.</summary>
    public static OnnxFile Of(OnnxFile file)
    {
        ModelProto proto = file.Proto.Clone();
        HashSet<string> names = [.. proto.Graph.Initializer.Select(tensor => tensor.Name),
            .. proto.Graph.Input.Select(input => input.Name), .. proto.Graph.Node.SelectMany(node => node.Output)];
        int before = names.Count;
        if (proto.Graph.Initializer.All(tensor => tensor.DataLocation == 0))
            Bodies(proto.Graph).ToList().ForEach(body => MoveOut(body, proto.Graph, names));
        return names.Count == before ? file : OnnxFile.Of(proto);
    }

    static IEnumerable<GraphProto> Bodies(GraphProto graph) => graph.Node.SelectMany(node => node.Attribute)
        .Where(attribute => attribute.G is not null).SelectMany(a => Bodies(a.G).Append(a.G));

    static void MoveOut(GraphProto body, GraphProto outer, HashSet<string> names)
    {
        foreach (TensorProto tensor in body.Initializer.Where(one => one.DataType == 1 && one.DataLocation == 0
            && one.Dims.Count > 0 && body.Input.All(input => input.Name != one.Name)).ToArray())
        {
            string name = tensor.Name;
            body.Initializer.Remove(tensor);
            while (!names.Add(tensor.Name))
                tensor.Name = $"{body.Name}.{tensor.Name}";
            outer.Initializer.Add(tensor);
            foreach (GraphProto inner in Bodies(body).Append(body))
                foreach (NodeProto node in inner.Node)
                    for (int i = 0; i < node.Input.Count; i++)
                        node.Input[i] = node.Input[i] == name ? tensor.Name : node.Input[i];
        }
    }
}
