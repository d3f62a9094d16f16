using Hondo.Onnx.Graphs;
using Hondo.Onnx.Import;
using Hondo.Onnx.Ops;
using Hondo.Onnx.Values;
using Hondo.Tensors;

namespace Hondo.Onnx.Gradients;

/// <summary>
/// Which constants of a graph are weights. A file does not say it: fractions are, where they are multiplied, added or
/// looked up; lengths, scales of quantization, bounds, exponents and masks are not.
/// </summary>
/// <param name="Weights">Fractions that training changes.</param>
/// <param name="Statistics">Running means and variances of batch norms.</param>
sealed record GraphWeights(IReadOnlyDictionary<string, OnnxTensor> Weights,
    IReadOnlyDictionary<string, OnnxTensor> Statistics)
{
    // A number as large as this hides what attention must not see.
    const double Hidden = 1e9;

    static readonly Dictionary<string, int[]> Fixed = new()
    {
        ["Clip"] = [1, 2], ["Pad"] = [2], ["Resize"] = [1, 2, 3], ["Dropout"] = [1], ["Range"] = [0, 1, 2],
        ["OneHot"] = [0, 1, 2], ["Pow"] = [1], ["LSTM"] = [4, 5, 6], ["GRU"] = [4, 5], ["RNN"] = [4, 5],
        ["BatchNormalization"] = [3, 4], ["Max"] = [0, 1], ["Min"] = [0, 1], ["Where"] = [0], ["TopK"] = [1],
        ["Equal"] = [0, 1], ["Less"] = [0, 1], ["Greater"] = [0, 1], ["LessOrEqual"] = [0, 1],
        ["GreaterOrEqual"] = [0, 1], ["Mod"] = [0, 1], ["NonMaxSuppression"] = [0, 1, 2, 3, 4],
    };

    static readonly HashSet<string> Rounding = ["QuantizeLinear", "DequantizeLinear"];

    /// <summary>Those of a graph in its newest form.</summary>
    public static GraphWeights Of(OnnxFile raised)
    {
        Graph graph = ConstantFolding.Fold(raised, node => node.Op == "Constant").Graph;
        HashSet<string> stored = [.. raised.Graph.Initializers.Keys];
        Dictionary<string, (bool Trains, bool IsFixed, bool IsStatistic)> uses = [];
        foreach (Node node in graph.Nodes)
        {
            for (int i = 0; i < node.Inputs.Count; i++)
                Note(uses, node.Inputs[i], node, i);
            foreach (string name in InnerNames(node))
            {
                var use = uses.GetValueOrDefault(name);
                uses[name] = (true, use.IsFixed, use.IsStatistic);
            }
        }
        Dictionary<string, OnnxTensor> weights = [], statistics = [];
        foreach ((string name, OnnxTensor tensor) in graph.Initializers)
            if (uses.TryGetValue(name, out var use) && CanBe(tensor, stored.Contains(name)))
                if (use is { IsStatistic: true, Trains: false, IsFixed: false } && tensor.Rank == 1)
                    statistics[name] = tensor;
                else if (use is { Trains: true, IsFixed: false, IsStatistic: false } && !IsMask(tensor))
                    weights[name] = tensor;
        return new(weights, statistics);
    }

    static void Note(Dictionary<string, (bool Trains, bool IsFixed, bool IsStatistic)> uses, string name, Node node,
        int input)
    {
        var use = uses.GetValueOrDefault(name);
        bool isStatistic = node is { Op: "BatchNormalization", Domain: "" } && input is 3 or 4;
        bool trains = TapeOps.Find(node) is not null || (OpTable.IsComposed(node) && !Rounding.Contains(node.Op));
        bool isFixed = !isStatistic && (!trains
            || (Fixed.TryGetValue(node.Op, out int[]? inputs) && inputs.Contains(input)));
        uses[name] = (use.Trains || (!isStatistic && !isFixed), use.IsFixed || isFixed, use.IsStatistic || isStatistic);
    }

    // A single number of a Constant node is a factor of a formula, such as the 0.5 of a GELU.
    static bool CanBe(OnnxTensor tensor, bool isStored) => tensor.Type is ElementType.Float32 or ElementType.Float16
        or ElementType.BFloat16 && tensor.Rank is > 0 and <= Shape.MaxRank && tensor.Size > (isStored ? 0 : 1);

    static bool IsMask(OnnxTensor tensor) => tensor.AsFloats().Any(n => !(Math.Abs(n) < Hidden));

    /// <summary>Names that the graphs inside a node read, some of them from outside.</summary>
    public static IEnumerable<string> InnerNames(Node node) => node.Attributes.Values.OfType<Graph>()
        .SelectMany(graph => graph.Nodes.SelectMany(inner => inner.Inputs.Concat(InnerNames(inner)))
            .Concat(graph.Outputs.Select(output => output.Name)));
}
