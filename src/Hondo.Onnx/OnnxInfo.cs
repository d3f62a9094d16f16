using Hondo.Layers;
using Hondo.Onnx.Graphs;
using Hondo.Onnx.Ops;

namespace Hondo.Onnx;

/// <summary>What an ONNX file holds, without running it.</summary>
/// <param name="Producer">The program that wrote it.</param>
/// <param name="IrVersion">The version of the format.</param>
/// <param name="Opsets">The version of each domain of operators; ONNX's own domain is "".</param>
/// <param name="Inputs">Name and type of each input that must be passed.</param>
/// <param name="Outputs">Name and type of each output.</param>
/// <param name="Parameters">Numbers in the weights.</param>
/// <param name="Operators">How many nodes there are of each operator.</param>
/// <param name="Unknown">Operators that Hondo does not know.</param>
/// <param name="Layers">Whether it runs as Hondo's own layers, or why it runs node by node.</param>
/// <param name="Metadata">What else the writer tells.</param>
public sealed record OnnxInfo(string Producer, long IrVersion, IReadOnlyDictionary<string, int> Opsets,
    IReadOnlyList<(string Name, string Type)> Inputs,
        IReadOnlyList<(string Name, string Type)> Outputs, long Parameters,
    IReadOnlyDictionary<string, int> Operators, IReadOnlyList<string> Unknown,
    string Layers, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="OnnxException">It is not an ONNX file, or damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static OnnxInfo Read(string path)
    {
        OnnxFile file = OnnxFile.Read(path);
        SortedDictionary<string, int> operators = new(StringComparer.Ordinal);
        OnnxFile raised = Normalizer.Raise(file);
        Count(raised.Graph, operators, _ => { });
        return new(file.Producer, file.IrVersion, file.Opsets, [.. file.Graph.Needed.Select(Describe)],
            [.. file.Graph.Outputs.Select(Describe)], file.Graph.Initializers.Values.Where(t => t.IsFloat)
                .Sum(t => (long)t.Size), operators, UnknownIn(raised), Describe(path), file.Metadata);
    }

    /// <summary>The operators that Hondo does not know, those of inner graphs and functions among them.</summary>
    internal static IReadOnlyList<string> UnknownIn(OnnxFile raised)
    {
        SortedSet<string> unknown = new(StringComparer.Ordinal);
        HashSet<(string, string)> own = [.. raised.Functions.Select(f => (f.Domain, f.Name))];
        foreach (IReadOnlyList<Node> nodes in raised.Functions.Select(f => f.Nodes).Append(raised.Graph.Nodes))
            Count(raised.Graph with { Nodes = nodes }, [], node =>
            {
                if (OpTable.Find(node.Domain, node.Op) is null && !own.Contains((node.Domain, node.Op)))
                    unknown.Add(node.Domain.Length == 0 ? node.Op : $"{node.Domain}.{node.Op}");
            });
        return [.. unknown];
    }

    static string Describe(string path)
    {
        Layer layer = OnnxModel.Load(path);
        int count = layer.Layers.Count(inner => inner is not (Sequential or Residual or Concat or OnnxModel));
        return layer is OnnxModel model ? $"run node by node, and train so: {model.Reason}"
            : $"{count} of Hondo's own, which train; 0 transposes left";
    }

    static (string, string) Describe(ValueInfo info) => (info.Name, info.ToString());

    static void Count(Graph graph, SortedDictionary<string, int> operators, Action<Node> see)
    {
        foreach (Node node in graph.Nodes)
        {
            operators[node.Op] = operators.GetValueOrDefault(node.Op) + 1;
            see(node);
            foreach (Graph inner in node.Attributes.Values.OfType<Graph>())
                Count(inner, operators, see);
        }
    }
}
