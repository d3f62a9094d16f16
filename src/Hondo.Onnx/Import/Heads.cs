using Hondo.Onnx.Graphs;

namespace Hondo.Onnx.Import;

/// <summary>What the end of a graph says of its classes.</summary>
static class Heads
{
    /// <summary>What a softmax over the classes makes probabilities of, or null.</summary>
    public static string? ScoresOf(Graph graph, string output)
    {
        Node? maker = MakerOf(graph, output);
        while (maker is { Op: "Identity", Domain: "" } identity)
            maker = MakerOf(graph, identity.Inputs[0]);
        return maker is { Op: "Softmax", Domain: "" } && maker.Int("axis", -1) is -1 or 1 ? maker.Inputs[0] : null;
    }

    /// <summary>What the last layer with weights reads, or null where the way back to it is not one.</summary>
    public static string? FeaturesOf(Graph graph, Func<string, bool> isWeight)
    {
        string value = graph.Outputs[0].Name;
        while (MakerOf(graph, value) is { Domain: "" } maker)
        {
            string[] data = [.. maker.Inputs.Where(name => name.Length > 0 && !isWeight(name)
                && !graph.Initializers.ContainsKey(name))];
            bool isLinear = maker.Op is "Gemm" or "MatMul" or "Conv" && maker.Inputs.Skip(1).Any(isWeight);
            if (maker.Op is "Reshape" or "Squeeze" or "Flatten")
                data = [maker.Inputs[0]];
            // The weight may be turned before it is used.
            if (!isLinear && maker.Op is "Gemm" or "MatMul" && IsWeightItself(graph, maker.Input(1), isWeight))
                (isLinear, data) = (true, [maker.Inputs[0]]);
            if (isLinear)
                return data.Length == 1 && data[0] == maker.Inputs[0] ? data[0] : null;
            if (data.Length != 1)
                return null;
            value = data[0];
        }
        return null;
    }

    static bool IsWeightItself(Graph graph, string name, Func<string, bool> isWeight)
    {
        while (MakerOf(graph, name) is { Op: "Transpose" or "Cast" or "Identity" or "Reshape" } maker)
            name = maker.Inputs[0];
        return isWeight(name);
    }

    static Node? MakerOf(Graph graph, string output) =>
        graph.Nodes.LastOrDefault(node => node.Outputs.Contains(output));
}
