using System.IO.Compression;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Hondo.Onnx.Graphs;
using Hondo.Onnx.Proto;
using Hondo.Onnx.Values;
using Hondo.Tensors;

namespace Hondo.Onnx.Gradients;

/// <summary>
/// A model's file without its weights: they are inputs of their own, so that the layer's parameters hold them. As text
/// it is what a saved model says of its graph.
/// </summary>
static class Skeleton
{
    const string Weight = "hondo weight", Statistic = "hondo statistic";
    const int MostBytes = 1 << 26;

    /// <summary>The file with what some outputs need, without weights.</summary>
    public static ModelProto Of(OnnxFile file, IReadOnlyList<ValueInfoProto> outputs, GraphWeights weights)
    {
        ModelProto proto = file.Proto.Clone();
        GraphProto graph = proto.Graph;
        HashSet<string> needed = Needed(graph, outputs);
        NodeProto[] nodes = [.. graph.Node.Where(node => node.Output.Any(needed.Contains) && !IsWeight(node, weights))];
        TensorProto[] constants = [.. graph.Initializer.Where(tensor => needed.Contains(tensor.Name)
            && !Holds(weights, tensor.Name)).Select(tensor => Inline(tensor, file))];
        HashSet<string> given = [.. graph.Initializer.Select(tensor => tensor.Name)];
        // A graph that is cut takes what the rest reads.
        bool isPart = outputs.Count < graph.Output.Count;
        ValueInfoProto[] inputs = [.. graph.Input.Where(input => !given.Contains(input.Name)
            && (needed.Contains(input.Name) || !(isPart || IsOwn(input))))];
        graph.Node.Clear();
        graph.Node.Add(nodes);
        graph.Initializer.Clear();
        graph.Initializer.Add(constants);
        graph.Input.Clear();
        graph.Input.Add(inputs);
        Declare(graph, weights.Weights.Where(w => needed.Contains(w.Key)), Weight);
        Declare(graph, weights.Statistics.Where(w => needed.Contains(w.Key)), Statistic);
        graph.ValueInfo.Clear();
        graph.Output.Clear();
        graph.Output.Add(outputs.Select(output => output.Clone()));
        foreach (NodeProto node in graph.Node)
        {
            node.DocString = "";
            node.MetadataProps.Clear();
        }
        return proto;
    }

    static bool Holds(GraphWeights weights, string name) => weights.Weights.ContainsKey(name)
        || weights.Statistics.ContainsKey(name);

    static bool IsWeight(NodeProto node, GraphWeights weights) => node is { OpType: "Constant", Output.Count: 1 }
        && Holds(weights, node.Output[0]);

    static HashSet<string> Needed(GraphProto graph, IReadOnlyList<ValueInfoProto> outputs)
    {
        Dictionary<string, NodeProto> makers = [];
        foreach (NodeProto node in graph.Node)
            foreach (string output in node.Output.Where(name => name.Length > 0))
                makers[output] = node;
        HashSet<string> needed = [];
        var open = new Stack<string>(outputs.Select(output => output.Name));
        while (open.TryPop(out string? name))
            if (needed.Add(name) && makers.TryGetValue(name, out NodeProto? maker))
                foreach (string input in Reads(maker))
                    open.Push(input);
        return needed;
    }

    static IEnumerable<string> Reads(NodeProto node) => node.Input.Concat(node.Attribute.Where(a => a.G is not null)
        .SelectMany(a => a.G.Node.SelectMany(Reads).Concat(a.G.Output.Select(output => output.Name))));

    static void Declare(GraphProto graph, IEnumerable<KeyValuePair<string, OnnxTensor>> tensors, string what)
    {
        foreach ((string name, OnnxTensor tensor) in tensors)
        {
            var type = new TypeProto.Types.Tensor { ElemType = (int)tensor.Type, Shape = new() };
            foreach (int dim in tensor.Dims)
                type.Shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = dim });
            graph.Input.Add(new ValueInfoProto { Name = name, Type = new() { TensorType = type }, DocString = what });
        }
    }

    // What lies in files beside the model comes into it: a saved model is one file.
    static TensorProto Inline(TensorProto tensor, OnnxFile file)
    {
        if (tensor.DataLocation == 0 || !file.Graph.Initializers.TryGetValue(tensor.Name, out OnnxTensor? numbers))
            return tensor;
        var inline = new TensorProto { Name = tensor.Name, DataType = tensor.DataType, Dims = { tensor.Dims } };
        if (numbers.Type == ElementType.Int64)
            inline.Int64Data.Add(numbers.Integers);
        else if (numbers.Type == ElementType.Float64)
            inline.DoubleData.Add(numbers.Numbers);
        else if (numbers.Type == ElementType.Float32)
            inline.FloatData.Add(numbers.AsFloats());
        else if (numbers.Type is ElementType.Int32 or ElementType.Bool or ElementType.UInt8 or ElementType.Int8)
            inline.Int32Data.Add(numbers.AsInts());
        else
            throw new OnnxNotSupportedException($"Tensor '{tensor.Name}' is a constant of type {numbers.Type.Name()} "
                + "in a file beside the model: save the model as one file.");
        return inline;
    }

    /// <summary>Names and shapes of the weights, and which of them are running statistics.</summary>
    public static IEnumerable<(string Name, Shape Shape, bool IsStatistic)> WeightsOf(ModelProto proto) =>
        proto.Graph.Input.Where(IsOwn).Select(input => (input.Name, Shape.Create([.. input.Type.TensorType.Shape.Dim
            .Select(dim => checked((int)dim.DimValue))]), input.DocString == Statistic));

    /// <summary>True for an input that holds a weight.</summary>
    public static bool IsOwn(ValueInfoProto input) => input.DocString is Weight or Statistic;

    /// <summary>The file with weights as numbers.</summary>
    public static ModelProto Fill(ModelProto skeleton, Func<string, ReadOnlyMemory<float>> numbersOf)
    {
        ModelProto proto = skeleton.Clone();
        foreach (ValueInfoProto input in skeleton.Graph.Input.Where(IsOwn))
        {
            TypeProto.Types.Tensor type = input.Type.TensorType;
            proto.Graph.Initializer.Add(new TensorProto
            {
                Name = input.Name, DataType = type.ElemType, Dims = { type.Shape.Dim.Select(dim => dim.DimValue) },
                RawData = UnsafeByteOperations.UnsafeWrap(Bytes((ElementType)type.ElemType, numbersOf(input.Name))),
            });
            proto.Graph.Input.Remove(input);
        }
        return proto;
    }

    static byte[] Bytes(ElementType type, ReadOnlyMemory<float> numbers) => type switch
    {
        ElementType.Float16 => [.. numbers.ToArray().SelectMany(n => BitConverter.GetBytes((Half)n))],
        ElementType.BFloat16 => [.. numbers.ToArray().SelectMany(n => BitConverter.GetBytes(
            (ushort)(BitConverter.SingleToUInt32Bits((float)type.Round(n)) >> 16)))],
        _ => MemoryMarshal.AsBytes(numbers.Span).ToArray(),
    };

    /// <summary>The graph as a text.</summary>
    public static string ToText(ModelProto skeleton)
    {
        using var bytes = new MemoryStream();
        ModelProto plain = skeleton.Clone();
        plain.MetadataProps.Clear();
        using (var packed = new BrotliStream(bytes, CompressionLevel.SmallestSize, leaveOpen: true))
            plain.WriteTo(packed);
        return Convert.ToBase64String(bytes.ToArray());
    }

    /// <summary>The graph of a text.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ModelProto FromText(string text)
    {
        try
        {
            using var packed = new BrotliStream(new MemoryStream(Convert.FromBase64String(text)),
                CompressionMode.Decompress);
            // A short text can stand for gigabytes.
            var bytes = new byte[MostBytes];
            int length = packed.ReadAtLeast(bytes, MostBytes, throwOnEndOfStream: false);
            return length < MostBytes ? ModelProto.Parser.ParseFrom(bytes, 0, length)
                : throw new OnnxException($"The graph of a model takes more than {MostBytes >> 20} MB.");
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException
            or InvalidProtocolBufferException)
        {
            throw new OnnxException("The text of a model's graph is damaged.", error);
        }
    }
}
