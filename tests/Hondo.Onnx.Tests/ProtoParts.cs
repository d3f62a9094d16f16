using Hondo.Onnx.Proto;
using Kind = Hondo.Onnx.Proto.AttributeProto.Types.Kind;

namespace Hondo.Onnx.Tests;

/// <summary>Parts of small models.</summary>
static class ProtoParts
{
    public static ModelProto Model(NodeProto node) => new()
    {
        IrVersion = 8,
        OpsetImport = { new OperatorSetIdProto { Version = 17 } },
        Graph = new() { Node = { node }, Input = { Value("x") }, Output = { Value("y") } },
    };

    public static ModelProto Change(Action<ModelProto> change)
    {
        ModelProto model = Model(Node("Relu"));
        change(model);
        return model;
    }

    public static TensorProto Far(string name, params (string Key, string Value)[] entries)
    {
        var tensor = new TensorProto { Name = name, DataType = 1, Dims = { 4 }, DataLocation = 1 };
        foreach ((string key, string value) in entries)
            tensor.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
        return tensor;
    }

    public static SparseTensorProto SparseOf(long[] indices, long[] dims) => new()
    {
        Values = Floats("w", [1], 1),
        Indices = new() { DataType = 7, Dims = { indices.Length }, Int64Data = { indices } },
        Dims = { dims },
    };

    public static NodeProto Node(string op) => new() { OpType = op, Name = "n", Input = { "x" }, Output = { "y" } };

    public static NodeProto With(NodeProto node, params AttributeProto[] attributes)
    {
        node.Attribute.Add(attributes);
        return node;
    }

    public static AttributeProto Int(string name, long value) => new() { Name = name, Type = Kind.Int, I = value };

    public static AttributeProto Ints(string name, params long[] values) =>
        new() { Name = name, Type = Kind.Ints, Ints = { values } };

    public static TensorProto Floats(string name, long[] dims, int count) => new()
    {
        Name = name, DataType = 1, Dims = { dims }, FloatData = { Enumerable.Repeat(1f, count) },
    };

    public static ValueInfoProto Value(string name) => new()
    {
        Name = name,
        Type = new()
        {
            TensorType = new()
            {
                ElemType = 1,
                Shape = new() { Dim = { Axis(1), Axis(1), Axis(2), Axis(2) } },
            },
        },
    };

    public static TensorShapeProto.Types.Dimension Axis(long length) => new() { DimValue = length };
}
