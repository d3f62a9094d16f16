using System.Runtime.InteropServices;
using Hondo.Layers;
using Hondo.Onnx.Export;
using Hondo.Onnx.Graphs;
using Hondo.Onnx.Proto;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Onnx.Import;

/// <summary>
/// Reads what Hondo has written: the model of the text in the file's metadata, with the numbers of the file. It is that
/// model only when exporting it anew gives the graph that the file has, node by node; else the graph decides.
/// </summary>
static class OwnFile
{
    // A text can ask for a model of any size.
    const long MostResultBytes = 1 << 29;

    /// <summary>The model, or null when the file is another program's, or its graph is not the text's.</summary>
    /// <param name="file">The file.</param>
    /// <param name="output">The output that is asked for, or null for the first.</param>
    public static Layer? Rebuild(OnnxFile file, string? output)
    {
        GraphProto graph = file.Proto.Graph;
        if (graph.Input.Count != 1 || graph.Output.Count != 1 || (output is not null && graph.Output[0].Name != output))
            return null;
        try
        {
            ModelCard card = ModelCardText.Read(file.Metadata);
            if (card.Text.Length == 0 || card.InputShape is not { } sample)
                return null;
            Layer model = ModelFile.Build("the file", card);
            DType type = graph.Input[0].Type.TensorType.ElemType == GraphWriter.TypeOf(DType.Int32) ? DType.Int32
                : DType.Float32;
            return IsSmall(model, sample, type, graph) && Take(model, new(graph.Input[0].Name, sample, type), file)
                ? model : null;
        }
        catch (Exception error) when (error is FormatException or ArgumentException or ShapeException
            or InvalidOperationException)
        {
            return null;
        }
    }

    static bool IsSmall(Layer model, Shape sample, DType type, GraphProto graph)
    {
        var trace = new ShapeTrace();
        trace.Follow(() => model.Forward(ShapeTrace.Input([1, .. sample], type)));
        return trace.ResultBytes <= MostResultBytes
            && model.Named.AllParameters.Sum(parameter => (long)parameter.Shape.Size)
                <= graph.Initializer.Sum(weight => (long)weight.RawData.Length / sizeof(float));
    }

    static bool Take(Layer model, OnnxInput input, OnnxFile file)
    {
        var options = new OnnxExportOptions
        {
            Opset = file.Opsets.GetValueOrDefault(""), BatchAxis = AxisOf(file.Proto.Graph, 0)!,
            TimeAxis = AxisOf(file.Proto.Graph, 1),
        };
        (ModelProto own, IReadOnlyDictionary<string, Weight> weights) = ModelWriter.Write([input],
            [file.Proto.Graph.Output[0].Name], x => [model.Forward(x[0])], model, options);
        if (!IsSame(own.Graph, file.Proto.Graph))
            return false;
        Dictionary<Leaf, string> learned = ModelWriter.NamesOf(model);
        foreach (TensorProto tensor in file.Proto.Graph.Initializer)
            Fill(weights[tensor.Name], learned, tensor);
        return file.Proto.Graph.Initializer.All(tensor => Holds(weights[tensor.Name], tensor));
    }

    static string? AxisOf(GraphProto graph, int axis) => graph.Input[0].Type.TensorType.Shape.Dim is var dims
        && axis < dims.Count && dims[axis].DimParam is { Length: > 0 } name ? name : null;

    // The same nodes, values and weights, whatever the numbers.
    static bool IsSame(GraphProto own, GraphProto other)
    {
        if (own.Initializer.Count != other.Initializer.Count)
            return false;
        for (int i = 0; i < own.Initializer.Count; i++)
            if (own.Initializer[i].Name != other.Initializer[i].Name
                || own.Initializer[i].DataType != other.Initializer[i].DataType
                || !own.Initializer[i].Dims.Equals(other.Initializer[i].Dims)
                || own.Initializer[i].RawData.Length != other.Initializer[i].RawData.Length)
                return false;
        return own.Node.Equals(other.Node) && own.ValueInfo.Equals(other.ValueInfo) && own.Input.Equals(other.Input)
            && own.Output.Equals(other.Output);
    }

    static void Fill(Weight weight, Dictionary<Leaf, string> learned, TensorProto tensor)
    {
        ReadOnlySpan<float> numbers = MemoryMarshal.Cast<byte, float>(tensor.RawData.Span);
        int first = 0;
        foreach (Leaf leaf in weight.Leaves)
        {
            int end = first + leaf.Shape.Size;
            // Constants stay as they are, and must hold what the file has.
            for (int i = 0; i < numbers.Length && learned.ContainsKey(leaf); i++)
                if ((weight.Order?[i] ?? i) is var at && at >= first && at < end)
                    leaf.Value.As<float>()[at - first] = numbers[i];
            first = end;
        }
    }

    static bool Holds(Weight weight, TensorProto tensor) => GraphWriter.Bytes(weight).Span.SequenceEqual(
        tensor.RawData.Span);
}
