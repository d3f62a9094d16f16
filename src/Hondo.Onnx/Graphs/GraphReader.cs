using System.Text;
using Hondo.Onnx.Proto;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Graphs;

/// <summary>Turns what protobuf read into Hondo's own immutable graph, and refuses what cannot be one.</summary>
sealed class GraphReader(TensorReader tensors)
{
    const int MostDepth = 16, MostSparse = 1 << 26;

    int _depth;

    /// <summary>A graph and those inside it.</summary>
    public Graph Read(GraphProto proto)
    {
        if (++_depth > MostDepth)
            throw new OnnxException($"Graphs are nested more than {MostDepth} deep.");
        Dictionary<string, OnnxTensor> initializers = [];
        foreach (TensorProto tensor in proto.Initializer)
            if (tensor.Name.Length == 0 || !initializers.TryAdd(tensor.Name, tensors.Read(tensor)))
                throw new OnnxException(tensor.Name.Length == 0 ? "An initializer has no name."
                    : $"Two initializers are called '{tensor.Name}'.");
        foreach (SparseTensorProto sparse in proto.SparseInitializer)
            initializers[sparse.Values?.Name ?? ""] = Dense(sparse);
        var graph = new Graph(proto.Name, NodeOrder.Sort([.. proto.Node.Select(Read)], proto.Input.Select(i => i.Name),
            initializers.Keys, isInner: _depth > 1), initializers, [.. proto.Input.Select(Read)],
            [.. proto.Output.Select(Read)]);
        _depth--;
        return graph;
    }

    /// <summary>A function that the file defines.</summary>
    public Function Read(FunctionProto proto)
    {
        Dictionary<string, object> defaults = [];
        foreach (AttributeProto attribute in proto.AttributeProto)
            defaults[attribute.Name] = Read(attribute, proto.Name);
        return new(proto.Name, DomainOf(proto.Domain), proto.Overload, [.. proto.Input], [.. proto.Output],
            NodeOrder.Sort([.. proto.Node.Select(Read)], proto.Input, [], isInner: false), defaults,
            OnnxFile.OpsetsOf(proto.OpsetImport));
    }

    /// <summary>ONNX's own domain has two names.</summary>
    public static string DomainOf(string domain) => domain == "ai.onnx" ? "" : domain;

    Node Read(NodeProto proto)
    {
        if (proto.OpType.Length == 0)
            throw new OnnxException($"Node '{proto.Name}' names no operator.");
        Dictionary<string, object> attributes = [];
        foreach (AttributeProto attribute in proto.Attribute)
            if (!attributes.TryAdd(attribute.Name, Read(attribute, proto.OpType)))
                throw new OnnxException($"{proto.OpType} node '{proto.Name}' has attribute '{attribute.Name}' twice.");
        return new(proto.Name, proto.OpType, DomainOf(proto.Domain), [.. proto.Input], [.. proto.Output], attributes);
    }

    object Read(AttributeProto proto, string op)
    {
        if (proto.RefAttrName.Length > 0)
            return new AttributeReference(proto.RefAttrName);
        return KindOf(proto) switch
        {
            AttributeProto.Types.Kind.Float => (double)proto.F,
            AttributeProto.Types.Kind.Int => proto.I,
            AttributeProto.Types.Kind.String => Encoding.UTF8.GetString(proto.S.Span),
            AttributeProto.Types.Kind.Tensor => tensors.Read(proto.T ?? new()),
            AttributeProto.Types.Kind.Graph => Read(proto.G ?? new()),
            AttributeProto.Types.Kind.Floats => proto.Floats.Select(x => (double)x).ToArray(),
            AttributeProto.Types.Kind.Ints => proto.Ints.ToArray(),
            AttributeProto.Types.Kind.Strings => proto.Strings.Select(s => Encoding.UTF8.GetString(s.Span)).ToArray(),
            AttributeProto.Types.Kind.Tensors => proto.Tensors.Select(tensors.Read).ToArray(),
            AttributeProto.Types.Kind.Graphs => proto.Graphs.Select(Read).ToArray(),
            AttributeProto.Types.Kind.SparseTensor => Dense(proto.SparseTensor ?? new()),
            AttributeProto.Types.Kind.TypeProto => TypeOf("", proto.Tp ?? new()),
            var kind => throw new OnnxNotSupportedException(
                $"{op}: attribute '{proto.Name}' is of kind {kind}, which Hondo does not read."),
        };
    }

    // The oldest files do not tell the kind of an attribute.
    static AttributeProto.Types.Kind KindOf(AttributeProto proto) => proto.Type switch
    {
        not AttributeProto.Types.Kind.Undefined => proto.Type,
        _ when proto.Ints.Count > 0 => AttributeProto.Types.Kind.Ints,
        _ when proto.Floats.Count > 0 => AttributeProto.Types.Kind.Floats,
        _ when proto.Strings.Count > 0 => AttributeProto.Types.Kind.Strings,
        _ when proto.S.Length > 0 => AttributeProto.Types.Kind.String,
        _ when proto.T is not null => AttributeProto.Types.Kind.Tensor,
        _ when proto.G is not null => AttributeProto.Types.Kind.Graph,
        _ when proto.F != 0 => AttributeProto.Types.Kind.Float,
        _ => AttributeProto.Types.Kind.Int,
    };

    static ValueInfo Read(ValueInfoProto proto) => TypeOf(proto.Name, proto.Type ?? new());

    static ValueInfo TypeOf(string name, TypeProto type) => type.ValueCase switch
    {
        TypeProto.ValueOneofCase.TensorType => TensorOf(name, "tensor", type.TensorType),
        TypeProto.ValueOneofCase.SparseTensorType => TensorOf(name, "sparse", type.SparseTensorType),
        TypeProto.ValueOneofCase.SequenceType => Inner(name, "sequence", type.SequenceType.ElemType),
        TypeProto.ValueOneofCase.OptionalType => Inner(name, "optional", type.OptionalType.ElemType),
        TypeProto.ValueOneofCase.MapType => Inner(name, "map", type.MapType.ValueType),
        _ => new(name, "", ElementType.Undefined, null),
    };

    static ValueInfo Inner(string name, string kind, TypeProto? inner)
    {
        // Sequences of optional tensors: the innermost tells the type.
        TypeProto? type = inner;
        while (type is not null && type.ValueCase is TypeProto.ValueOneofCase.SequenceType
            or TypeProto.ValueOneofCase.OptionalType)
        {
            kind += type!.ValueCase == TypeProto.ValueOneofCase.SequenceType ? " sequence" : "";
            type = type.SequenceType?.ElemType ?? type.OptionalType?.ElemType;
        }
        return type?.TensorType is { } tensor ? TensorOf(name, kind, tensor)
            : new(name, kind, ElementType.Undefined, null);
    }

    static ValueInfo TensorOf(string name, string kind, TypeProto.Types.Tensor tensor) => new(name, kind,
        (ElementType)tensor.ElemType, tensor.Shape is null ? null : [.. tensor.Shape.Dim.Select(DimOf)]);

    static string DimOf(TensorShapeProto.Types.Dimension dim) =>
        dim.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue ? $"{dim.DimValue}"
            : dim.DimParam.Length > 0 ? dim.DimParam : "?";

    OnnxTensor Dense(SparseTensorProto proto)
    {
        OnnxTensor values = tensors.Read(proto.Values ?? new()), indices = tensors.Read(proto.Indices ?? new());
        int[] dims = [.. proto.Dims.Select(dim => (int)Math.Clamp(dim, -1, int.MaxValue))];
        int size = Dimensions.Product(dims), rank = dims.Length, count = values.Size;
        if (size > MostSparse || indices.Size != count * (indices.Rank == 2 ? rank : 1))
            throw new OnnxException($"Sparse tensor '{proto.Values?.Name}' of [{string.Join(", ", dims)}] does not fit "
                + $"its {count} values and {indices.Size} indices.");
        int[] places = new int[size], strides = Dimensions.Strides(dims);
        Array.Fill(places, -1);
        for (int i = 0; i < count; i++)
        {
            long place = indices.Rank == 2 ? Enumerable.Range(0, rank).Sum(
                axis => indices.Integers[i * rank + axis] * strides[axis]) : indices.Integers[i];
            places[place >= 0 && place < size ? place : throw new OnnxException(
                $"Sparse tensor '{proto.Values?.Name}' has a value at {place} of {size}.")] = i;
        }
        return values.Take(dims, places);
    }
}
