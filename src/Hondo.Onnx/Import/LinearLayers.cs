using Hondo.Layers;
using Hondo.Onnx.Graphs;
using Hondo.Onnx.Values;
using Hondo.Tensors;

namespace Hondo.Onnx.Import;

/// <summary>Products with a matrix of weights.</summary>
static class LinearLayers
{
    public static Form? FormOf(Node node, Form x, OnnxTensor? weight) => x.Layout != Layout.Image
        && weight is { Rank: 2, Type: ElementType.Float32 } && node.Int("transA", 0) == 0 && node.Float("alpha", 1) == 1
        && node.Float("beta", 1) == 1 ? new(Layout.Rows, 0) : null;

    public static Layer Make(Node node, Form x, Func<int, OnnxTensor?> constant)
    {
        OnnxTensor weight = constant(1)!;
        OnnxTensor? bias = node.Op == "Gemm" && node.Input(2).Length > 0
            ? constant(2) ?? throw new NoLayerException($"the bias of {node.Label} is computed") : null;
        bool isTransposed = node.Op == "Gemm" && node.Int("transB", 0) != 0;
        int outputs = weight.Dims[isTransposed ? 0 : 1], inputs = weight.Dims[isTransposed ? 1 : 0];
        if (bias is not null && bias.Size != outputs)
            throw new NoLayerException($"the bias of {node.Label} is {bias.Describe()}");
        int channels = x is { Layout: Layout.Rows, Channels: > 0 } ? x.Channels : 1;
        if (inputs % channels != 0)
            throw new NoLayerException($"{node.Label} takes {inputs} features, not pixels of {channels} channels");
        float[] from = weight.AsFloats(), to = new float[from.Length];
        int pixels = inputs / channels;
        // In the file the features of a flattened image lie channel by channel, here pixel by pixel.
        for (int o = 0; o < outputs; o++)
            for (int i = 0; i < inputs; i++)
            {
                int place = channels == 1 ? i : i % pixels * channels + i / pixels;
                to[o * inputs + place] = isTransposed ? from[o * inputs + i] : from[i * outputs + o];
            }
        return Of(to, outputs, inputs, bias);
    }

    /// <summary>The graph's nodes, with x·W + b as one where nothing else reads x·W.</summary>
    public static List<Node> JoinBiases(Graph graph)
    {
        Dictionary<string, int> readers = [];
        foreach (string name in graph.Nodes.SelectMany(n => n.Inputs).Concat(graph.Outputs.Select(o => o.Name)))
            readers[name] = readers.GetValueOrDefault(name) + 1;
        Dictionary<string, Node> products = [];
        List<Node> nodes = [];
        foreach (Node node in graph.Nodes)
        {
            if (node.Op == "MatMul" && graph.Initializers.GetValueOrDefault(node.Input(1)) is { Rank: 2 }
                && readers.GetValueOrDefault(node.Outputs[0]) == 1)
                products[node.Outputs[0]] = node;
            string? bias = node.Op == "Add" ? node.Inputs.FirstOrDefault(name =>
                graph.Initializers.GetValueOrDefault(name) is { Rank: 1, IsFloat: true }) : null;
            if (bias is not null && node.Inputs.FirstOrDefault(products.ContainsKey) is { } made
                && nodes.IndexOf(products[made]) is var at && at >= 0)
                nodes[at] = node with { Op = "Gemm", Inputs = [.. products[made].Inputs, bias] };
            else
                nodes.Add(node);
        }
        return nodes;
    }

    /// <summary>A layer of given weights [outputs, inputs].</summary>
    public static Linear Of(float[] weights, int outputs, int inputs, OnnxTensor? bias)
    {
        var layer = new Linear(inputs, outputs, bias is not null);
        layer.Weight.Set(Tensor.Of(weights, layer.Weight.Shape));
        layer.Bias?.Set(Tensor.Of(bias!.AsFloats(), layer.Bias.Shape));
        return layer;
    }
}
