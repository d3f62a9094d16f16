using Hondo.Onnx.Graphs;
using Hondo.Onnx.Ops;
using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Import;

/// <summary>Computes once what depends on constants alone.</summary>
static class ConstantFolding
{
    static readonly HashSet<string> Draws = ["RandomNormal", "RandomUniform", "RandomNormalLike", "RandomUniformLike",
        "Bernoulli", "Multinomial", "Dropout"];

    /// <summary>The file with fewer nodes and more initializers.</summary>
    /// <param name="file">The file.</param>
    /// <param name="isWanted">Which nodes may go; all when null.</param>
    public static OnnxFile Fold(OnnxFile file, Func<Node, bool>? isWanted = null)
    {
        Graph graph = file.Graph;
        var interpreter = new Interpreter(file);
        HashSet<string> given = [.. graph.Inputs.Select(i => i.Name)];
        // An initializer that is an input too may be replaced by the caller, but by nobody who uses it as a layer.
        Dictionary<string, OnnxTensor> known = new(graph.Initializers);
        List<Node> left = [];
        foreach (Node node in graph.Nodes)
            if (isWanted?.Invoke(node) != false && CanFold(node, known)
                && interpreter.Evaluate(node, name => known[name], file.Opsets) is { } outputs)
                for (int i = 0; i < node.Outputs.Count; i++)
                    known[node.Outputs[i]] = outputs[i];
            else
                left.Add(node);
        return file with
        {
            Graph = graph with
            {
                Nodes = left,
                Initializers = known,
                Inputs = [.. graph.Inputs.Where(i => !known.ContainsKey(i.Name))],
            },
        };
    }

    static bool CanFold(Node node, Dictionary<string, OnnxTensor> known) => !Draws.Contains(node.Op)
        && OpTable.Find(node.Domain, node.Op) is not null && !node.Attributes.Values.Any(value => value is Graph)
        && node.Inputs.All(name => name.Length == 0 || known.ContainsKey(name));
}
