using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Hondo.Onnx.Proto;
using Hondo.Tensors;
using Kind = Hondo.Onnx.Proto.AttributeProto.Types.Kind;

namespace Hondo.Onnx.Export;

/// <summary>Writes nodes, weights and the shapes of values of one graph. Names are unique in the whole file.</summary>
/// <param name="names">All names so far.</param>
/// <param name="leaves">The names of parameters and states.</param>
/// <param name="batch">What the axis of samples is called.</param>
/// <param name="opset">The version of ONNX's operators.</param>
sealed class GraphWriter(HashSet<string> names, IReadOnlyDictionary<Leaf, string> leaves, string batch, int opset)
{
    const int Float = 1, Int64 = 7, Bool = 9;

    readonly Dictionary<(Leaf, string), string> _weights = [];

    public GraphProto Proto { get; } = new();

    /// <summary>The version of ONNX's operators.</summary>
    public int Opset => opset;

    /// <summary>Which initializer holds which numbers of the model.</summary>
    public Dictionary<string, Weight> Weights { get; } = [];

    /// <summary>A graph inside this one, such as a loop's body.</summary>
    public GraphWriter Inner() => new(names, leaves, batch, opset);

    /// <summary>What the model calls these numbers, or null for a constant.</summary>
    public string? NameOf(Leaf leaf) => leaves.GetValueOrDefault(leaf);

    /// <summary>The name, or the name with a number when it is taken.</summary>
    public string Unique(string wanted)
    {
        string name = wanted;
        for (int i = 2; !names.Add(name); i++)
            name = string.Create(CultureInfo.InvariantCulture, $"{wanted}_{i}");
        return name;
    }

    /// <summary>Writes a node, named by its layer or, where the layer has a node of its name, by layer and operator.
    /// </summary>
    /// <returns>The names of its outputs.</returns>
    public string[] Add(string op, string layer, IReadOnlyList<string> inputs, int outputs = 1, bool isMain = true,
        params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        string name = isMain && names.Add(layer) ? layer : Unique($"{layer}/{op}");
        var node = new NodeProto { OpType = op, Name = name };
        node.Input.Add(inputs);
        for (int i = 0; i < outputs; i++)
            node.Output.Add(i == 0 ? name : Unique(string.Create(CultureInfo.InvariantCulture, $"{name}:{i}")));
        foreach ((string attribute, object value) in attributes)
            node.Attribute.Add(Attribute(attribute, value));
        Proto.Node.Add(node);
        return [.. node.Output];
    }

    /// <summary>Says what a value is.</summary>
    public void Describe(Value x) => Proto.ValueInfo.Add(Info(x.Name!, x.Dims, TypeOf(x.IsTruth ? null : x.Type)));

    /// <summary>Name, type and shape of a value.</summary>
    public ValueInfoProto Info(string name, Dim[] dims, int elementType)
    {
        var shape = new TensorShapeProto();
        foreach (Dim dim in dims)
            shape.Dim.Add(dim.IsBatch ? new TensorShapeProto.Types.Dimension { DimParam = dim.Text(batch) }
                : new() { DimValue = dim.Length });
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = elementType, Shape = shape } } };
    }

    /// <summary>Writes numbers.</summary>
    /// <param name="wanted">The name, when it is free.</param>
    /// <param name="weight">The numbers.</param>
    /// <returns>The initializer's name.</returns>
    public string Add(string wanted, Weight weight)
    {
        // The same numbers in the same order are written once.
        string form = $"{string.Join(',', weight.Dims)}:{weight.Order is null}";
        bool isWhole = weight.Order is null && weight.Leaves.Count == 1;
        if (isWhole && _weights.TryGetValue((weight.Leaves[0], form), out string? known))
            return known;
        string name = Unique(wanted);
        if (isWhole)
            _weights[(weight.Leaves[0], form)] = name;
        Weights[name] = weight;
        Proto.Initializer.Add(Tensor(name, weight));
        return name;
    }

    static TensorProto Tensor(string name, Weight weight)
    {
        var proto = new TensorProto { Name = name, DataType = TypeOf(weight.Type), RawData = Bytes(weight) };
        proto.Dims.Add(weight.Dims.Select(dim => (long)dim));
        return proto;
    }

    /// <summary>The numbers as a file has them.</summary>
    public static ByteString Bytes(Weight weight) => weight.Type == DType.Int32
        ? Bytes<long>([.. weight.Numbers<int>().Select(number => (long)number)])
        : Bytes<float>(weight.Numbers<float>());

    // ONNX is little-endian, as are the machines that .NET runs on.
    static ByteString Bytes<T>(ReadOnlySpan<T> numbers) where T : unmanaged =>
        ByteString.CopyFrom(MemoryMarshal.AsBytes(numbers));

    /// <summary>Names an output of the graph; the node that makes it writes it under this name.</summary>
    /// <param name="value">The value.</param>
    /// <param name="output">The output's name.</param>
    public void Give(string value, string output)
    {
        NodeProto? maker = Proto.Node.LastOrDefault(node => node.Output.Contains(value));
        bool isRead = Proto.Node.Any(node => node.Input.Contains(value)) || Proto.Output.Any(o => o.Name == value);
        if (maker is null || isRead)
        {
            Proto.Node.Add(new NodeProto
            {
                OpType = "Identity", Name = Unique($"{output}/Identity"), Input = { value }, Output = { output },
            });
            return;
        }
        maker.Output[maker.Output.IndexOf(value)] = output;
        Proto.ValueInfo.Remove(Proto.ValueInfo.First(info => info.Name == value));
    }

    /// <summary>An attribute of a node.</summary>
    public static AttributeProto Attribute(string name, object value) => value switch
    {
        int number => new() { Name = name, Type = Kind.Int, I = number },
        double number => new() { Name = name, Type = Kind.Float, F = (float)number },
        string text => new() { Name = name, Type = Kind.String, S = ByteString.CopyFromUtf8(text) },
        int[] numbers => new() { Name = name, Type = Kind.Ints, Ints = { numbers.Select(n => (long)n) } },
        string[] texts => new()
        {
            Name = name, Type = Kind.Strings, Strings = { texts.Select(ByteString.CopyFromUtf8) },
        },
        GraphProto graph => new() { Name = name, Type = Kind.Graph, G = graph },
        _ => throw new ArgumentException($"An attribute cannot be a {value.GetType().Name}.", nameof(value)),
    };

    /// <summary>The number of a type in ONNX; null is the one of truth values.</summary>
    public static int TypeOf(DType? type) => type is null ? Bool : type == DType.Int32 ? Int64 : Float;
}
