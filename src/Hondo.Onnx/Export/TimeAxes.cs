using System.Globalization;
using System.Runtime.InteropServices;
using Hondo.Onnx.Proto;

namespace Hondo.Onnx.Export;

/// <summary>
/// Makes the length of sequences free: of two graphs of one computation, for sequences of a length and for such that
/// are one step shorter, everything that differs grows with the length. Shapes are computed of the input's; of tables
/// (positions, masks) the part is cut out that the sequence needs, so that they say how long one may be.
/// </summary>
sealed class TimeAxes
{
    readonly ModelProto _model;
    readonly Dictionary<string, Weight> _weights;
    readonly string _axis;
    readonly int _length;
    readonly List<NodeProto> _nodes = [];

    TimeAxes(ModelProto model, Dictionary<string, Weight> weights, string axis, int length) =>
        (_model, _weights, _axis, _length) = (model, weights, axis, length);

    /// <summary>Changes the graph for the longer sequences into one for any.</summary>
    /// <param name="model">The graph for the longer sequences.</param>
    /// <param name="weights">Its initializers' numbers.</param>
    /// <param name="shorter">The graph for sequences that are one step shorter.</param>
    /// <param name="axis">What the axis is called.</param>
    /// <param name="length">The longer sequences' length.</param>
    /// <exception cref="OnnxNotSupportedException">Another length is computed in another way.</exception>
    public static void Free(ModelProto model, Dictionary<string, Weight> weights, ModelProto shorter, string axis,
        int length) => new TimeAxes(model, weights, axis, length).Free(shorter.Graph);

    void Free(GraphProto shorter)
    {
        GraphProto graph = _model.Graph;
        if (!graph.Node.Equals(shorter.Node))
            throw Differs("has other nodes");
        Dictionary<string, TensorProto> others = shorter.Initializer.ToDictionary(tensor => tensor.Name);
        if (others.Count != graph.Initializer.Count)
            throw Differs("has other constants");
        TensorProto[] tensors = [.. graph.Initializer];
        Length();
        foreach (TensorProto tensor in tensors)
            if (!others.TryGetValue(tensor.Name, out TensorProto? other) || other.DataType != tensor.DataType)
                throw Differs($"has no '{tensor.Name}'");
            else if (!other.Dims.Equals(tensor.Dims))
                Cut(tensor, other);
            else if (!other.RawData.Equals(tensor.RawData))
                Compute(tensor, other);
        List<NodeProto> all = [.. _nodes, .. graph.Node];
        graph.Node.Clear();
        graph.Node.Add(all);
        foreach ((ValueInfoProto info, ValueInfoProto other) in graph.ValueInfo.Zip(shorter.ValueInfo)
            .Concat(graph.Input.Zip(shorter.Input)).Concat(graph.Output.Zip(shorter.Output)))
            Name(info.Type.TensorType.Shape, other.Type.TensorType.Shape);
    }

    static OnnxNotSupportedException Differs(string how) => new($"The model {how} for another length of sequences, but "
        + "an ONNX graph is one for all. Export it for one length: leave the name of the time axis out.");

    // Its output is called as it is.
    string Add(string op, string name, string[] inputs, TensorShapeProto shape, int type,
        params (string, object)[] attributes)
    {
        _model.Graph.ValueInfo.Add(new ValueInfoProto
        {
            Name = name, Type = new() { TensorType = new() { ElemType = type, Shape = shape } },
        });
        var node = new NodeProto { OpType = op, Name = name, Input = { inputs }, Output = { name } };
        node.Attribute.Add(attributes.Select(attribute => GraphWriter.Attribute(attribute.Item1, attribute.Item2)));
        _nodes.Add(node);
        return name;
    }

    // Whole numbers of a shape.
    string Add(string op, string name, string[] inputs, int count, params (string, object)[] attributes) =>
        Add(op, name, inputs, new() { Dim = { new TensorShapeProto.Types.Dimension { DimValue = count } } },
            GraphWriter.TypeOf(Tensors.DType.Int32), attributes);

    string Constant(string name, params ReadOnlySpan<int> numbers)
    {
        var weight = Weight.Of(numbers.ToArray(), numbers.Length);
        _weights[name] = weight;
        var tensor = new TensorProto
        {
            Name = name, DataType = GraphWriter.TypeOf(Tensors.DType.Int32), RawData = GraphWriter.Bytes(weight),
        };
        tensor.Dims.Add(numbers.Length);
        _model.Graph.Initializer.Add(tensor);
        return name;
    }

    // [1], as one of a shape's numbers.
    void Length()
    {
        Add("Shape", $"{_axis}/Shape", [_model.Graph.Input[0].Name],
            _model.Graph.Input[0].Type.TensorType.Shape.Dim.Count);
        Add("Gather", $"{_axis}/length", [$"{_axis}/Shape", Constant($"{_axis}/place", 1)], 1, ("axis", 0));
    }

    // α · length + β
    string Grown(string name, long more, long rest)
    {
        string value = $"{_axis}/length";
        if (more != 1)
            value = Add("Mul", $"{name}/Mul", [value, Constant($"{name}/factor", checked((int)more))], 1);
        return rest == 0 ? value : Add("Add", $"{name}/Add", [value, Constant($"{name}/rest", checked((int)rest))], 1);
    }

    void Compute(TensorProto tensor, TensorProto other)
    {
        if (tensor.DataType != GraphWriter.TypeOf(Tensors.DType.Int32) || tensor.Dims.Count != 1)
            throw Differs($"has other numbers in '{tensor.Name}'");
        long[] longer = Whole(tensor), shorter = Whole(other);
        List<string> parts = [];
        for (int i = 0; i < longer.Length; i++)
        {
            long more = longer[i] - shorter[i];
            string part = $"{tensor.Name}/{i.ToString(CultureInfo.InvariantCulture)}";
            parts.Add(more == 0 ? Constant(part, checked((int)longer[i]))
                : Grown(part, more, longer[i] - more * _length));
        }
        Remove(tensor);
        Add(parts.Count == 1 ? "Identity" : "Concat", tensor.Name, [.. parts], parts.Count,
            parts.Count == 1 ? [] : [("axis", 0)]);
    }

    static long[] Whole(TensorProto tensor) => MemoryMarshal.Cast<byte, long>(tensor.RawData.Span).ToArray();

    void Remove(TensorProto tensor)
    {
        _model.Graph.Initializer.Remove(tensor);
        _weights.Remove(tensor.Name);
    }

    // The shorter table must be the first part of the longer one.
    void Cut(TensorProto tensor, TensorProto other)
    {
        if (!IsCorner(tensor, other))
            throw Differs($"has other numbers in '{tensor.Name}'");
        string name = tensor.Name, table = $"{name}/table";
        int[] axes = [.. Enumerable.Range(0, tensor.Dims.Count).Where(axis => tensor.Dims[axis] != other.Dims[axis])];
        string[] ends = [.. axes.Select(axis => (tensor.Dims[axis] - other.Dims[axis]) is var more
            ? Grown($"{name}/{axis.ToString(CultureInfo.InvariantCulture)}", more, tensor.Dims[axis] - more * _length)
            : "")];
        string end = ends.Length == 1 ? ends[0] : Add("Concat", $"{name}/ends", ends, ends.Length, ("axis", 0));
        _weights[table] = _weights[name];
        _weights.Remove(name);
        tensor.Name = table;
        var shape = new TensorShapeProto();
        foreach ((long length, long less) in tensor.Dims.Zip(other.Dims))
            shape.Dim.Add(length == less ? new TensorShapeProto.Types.Dimension { DimValue = length }
                : new() { DimParam = Text(length - less, length) });
        string starts = Constant($"{name}/starts", new int[axes.Length]);
        Add("Slice", name, [table, starts, end, Constant($"{name}/axes", axes)], shape, tensor.DataType);
    }

    static bool IsCorner(TensorProto tensor, TensorProto other)
    {
        if (tensor.Dims.Count != other.Dims.Count || tensor.Dims.Zip(other.Dims).Any(pair => pair.First < pair.Second))
            return false;
        int count = (int)other.Dims.Aggregate(1L, (a, b) => a * b);
        int size = count == 0 ? 0 : other.RawData.Length / count;
        for (int i = 0; i < count; i++)
        {
            int place = 0, step = 1;
            for (int axis = other.Dims.Count - 1, left = i; axis >= 0; axis--)
            {
                place += left % (int)other.Dims[axis] * step;
                left /= (int)other.Dims[axis];
                step *= (int)tensor.Dims[axis];
            }
            if (!tensor.RawData.Span.Slice(place * size, size).SequenceEqual(other.RawData.Span.Slice(i * size, size)))
                return false;
        }
        return true;
    }

    void Name(TensorShapeProto shape, TensorShapeProto other)
    {
        foreach ((TensorShapeProto.Types.Dimension dim, TensorShapeProto.Types.Dimension before) in shape.Dim
            .Zip(other.Dim))
            if (!dim.Equals(before))
                dim.DimParam = dim.DimParam.Length > 0 ? $"{_axis}*{dim.DimParam}"
                    : Text(dim.DimValue - before.DimValue, dim.DimValue);
    }

    string Text(long more, long length)
    {
        long rest = length - more * _length;
        string grown = FormattableString.Invariant($"{(more == 1 ? "" : $"{more}*")}{_axis}");
        return rest == 0 ? grown : FormattableString.Invariant($"{grown} {(rest < 0 ? '-' : '+')} {Math.Abs(rest)}");
    }
}
