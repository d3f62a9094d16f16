using Google.Protobuf;
using Hondo.Onnx.Proto;
using static Hondo.Onnx.Tests.ProtoParts;
using Kind = Hondo.Onnx.Proto.AttributeProto.Types.Kind;

namespace Hondo.Onnx.Tests;

/// <summary>Files that are damaged, or made to do harm.</summary>
static class HostileFiles
{
    /// <summary>Every file by its name.</summary>
    public static Dictionary<string, byte[]> All { get; } = [];

    static HostileFiles()
    {
        Bytes();
        Graphs();
        Tensors();
        Outside();
        Nodes();
        WholeNumbers();
    }

    static void Bytes()
    {
        byte[] whole = Model(Node("Relu")).ToByteArray();
        (All["empty"], All["text"]) = ([], "This is not a model."u8.ToArray());
        All["zip"] = [0x50, 0x4b, 3, 4, 20, 0, 0, 0];
        (All["zeros"], All["ones"]) = (new byte[100], [.. Enumerable.Repeat((byte)0xff, 100)]);
        All["length beyond the end"] = [0x3a, 0xff, 0xff, 0xff, 0xff, 0x07];
        All["endless number"] = [0x08, .. Enumerable.Repeat((byte)0x80, 20)];
        All["nested groups"] = [.. Enumerable.Repeat((byte)0x3b, 2000)];
        for (int cut = 1; cut <= 8; cut++)
            All[$"cut off at {cut} of 9"] = whole[..(whole.Length * cut / 9)];
        ModelProto deep = Model(Node("Relu"));
        GraphProto inner = deep.Graph;
        for (int i = 0; i < 20; i++)
        {
            var branch = new AttributeProto { Name = "then_branch", Type = Kind.Graph, G = inner };
            inner = new() { Node = { With(Node("If"), branch) } };
        }
        All["graphs nested 20 deep"] = new ModelProto { Graph = inner }.ToByteArray();
    }

    static void Graphs()
    {
        Add("no graph", new ModelProto { IrVersion = 8 });
        Add("no output", Change(m => m.Graph.Output.Clear()));
        Add("output that nothing makes", Change(m => m.Graph.Output[0].Name = "z"));
        Add("operators of version 0", Change(m => m.OpsetImport[0].Version = 0));
        Add("operators of version -1", Change(m => m.OpsetImport[0].Version = -1));
        Add("unknown operator", Model(Node("Frobnicate")));
        Add("unknown domain", Change(m => m.Graph.Node[0].Domain = "com.example"));
        Add("node without operator", Change(m => m.Graph.Node[0].OpType = ""));
        Add("input that nothing makes", Change(m => m.Graph.Node[0].Input[0] = "nowhere"));
        Add("node that reads itself", Change(m => m.Graph.Node[0].Input[0] = "y"));
        Add("cycle of two", Change(m =>
        {
            m.Graph.Node[0].Input[0] = "b";
            m.Graph.Node.Add(new NodeProto { OpType = "Relu", Input = { "y" }, Output = { "b" } });
        }));
        Add("two nodes make one value", Change(m => m.Graph.Node.Add(Node("Relu"))));
        Add("node makes an input", Change(m => m.Graph.Node[0].Output[0] = "x"));
        Add("attribute twice", Change(m => m.Graph.Node[0].Attribute.Add([Int("axis", 1), Int("axis", 2)])));
        Add("initializer twice", Change(m => m.Graph.Initializer.Add([Floats("w", [1], 1), Floats("w", [1], 1)])));
        Add("initializer without name", Change(m => m.Graph.Initializer.Add(Floats("", [1], 1))));
        Add("function that calls itself", Change(m =>
        {
            m.Graph.Node[0].OpType = "Self";
            m.Graph.Node[0].Domain = "f";
            var call = new NodeProto { OpType = "Self", Domain = "f", Input = { "x" }, Output = { "y" } };
            m.Functions.Add(new FunctionProto
            {
                Name = "Self", Domain = "f", Input = { "x" }, Output = { "y" }, Node = { call },
            });
        }));
    }

    static void Tensors()
    {
        Weight("type 0", t => t.DataType = 0);
        Weight("type 99", t => t.DataType = 99);
        Weight("type -1", t => t.DataType = -1);
        Weight("complex numbers", t => t.DataType = 14);
        Weight("negative axis", t => t.Dims[0] = -4);
        Weight("axis beyond 32 bits", t => t.Dims[0] = 1L << 40);
        Weight("axes whose product overflows", t => t.Dims.Add([1L << 30, 1L << 30, 1L << 30]));
        Weight("a gigabyte that is not there", t => t.Dims.Add([1 << 27]));
        Weight("65 axes", t => t.Dims.Add(Enumerable.Repeat(1L, 65)));
        Weight("too few numbers", t => t.FloatData.RemoveAt(0));
        Weight("too many numbers", t => t.FloatData.Add(1));
        Weight("no numbers", t => t.FloatData.Clear());
        Weight("raw data too short", t => t.RawData = ByteString.CopyFrom(1, 2, 3));
        Weight("raw data too long", t => t.RawData = ByteString.CopyFrom(new byte[99]));
        Weight("segment", t => t.Segment = new() { Begin = 0, End = 9 });
        Weight("numbers of another type", t => t.DataType = 7);
        Sparse("sparse index beyond the end", [9], [4]);
        Sparse("negative sparse index", [-1], [4]);
        Sparse("sparse tensor of a terabyte", [0], [1 << 20, 1 << 20]);
        Sparse("more sparse indices than values", [0, 1, 2], [4]);
    }

    static void Outside()
    {
        foreach ((string name, string location) in new[]
        {
            ("absolute", "/etc/passwd"), ("parent", "../secret"), ("inner parent", "a/../../secret"),
            ("backslashes", "..\\secret"), ("drive", "C:secret"), ("nothing", ""), ("missing", "missing.bin"),
            ("zero byte", "a\0b"), ("folder", "."), ("parent alone", ".."), ("link", "link.bin"),
        })
            External(name, ("location", location));
        External("without location");
        External("offset beyond the end", ("location", "data.bin"), ("offset", "4096"), ("length", "16"));
        External("offset that overflows", ("location", "data.bin"), ("offset", $"{long.MaxValue}"), ("length", "16"));
        External("negative offset", ("location", "data.bin"), ("offset", "-16"), ("length", "16"));
        External("offset in words", ("location", "data.bin"), ("offset", "many"));
        External("wrong length", ("location", "data.bin"), ("length", "8"));
        External("length of a terabyte", ("location", "data.bin"), ("length", "1099511627776"));
        Add("external: overlap", Change(m => m.Graph.Initializer.Add([Far("v", ("location", "data.bin"),
            ("offset", "0")), Far("w", ("location", "data.bin"), ("offset", "8"))])));
    }

    static void Nodes()
    {
        Run("Conv of no stride", "Conv", [1, 1, 1, 1], Ints("strides", 0, 0));
        Run("Conv of negative stride", "Conv", [1, 1, 1, 1], Ints("strides", -1, -1));
        Run("Conv of three strides", "Conv", [1, 1, 1, 1], Ints("strides", 1, 1, 1));
        Run("Conv of no groups", "Conv", [1, 1, 1, 1], Int("group", 0));
        Run("Conv of other channels", "Conv", [1, 7, 1, 1]);
        Run("Conv of a matrix", "Conv", [4, 4]);
        Run("Conv of a third of pads", "Conv", [1, 1, 1, 1], Ints("pads", 1, 1, 1));
        Run("Conv with a number for a list", "Conv", [1, 1, 1, 1], Int("strides", 1));
        Run("MatMul of other columns", "MatMul", [7, 7]);
        Run("Gemm of images", "Gemm", [7, 7]);
        Run("Concat of other axes", "Concat", [7], Int("axis", 0));
        Run("Concat along axis 99", "Concat", [1, 1, 2, 2], Int("axis", 99));
        Run("Add that does not broadcast", "Add", [3, 5]);
        Run("Add of nothing", "Add", null);
        Run("Transpose of an axis twice", "Transpose", null, Ints("perm", 0, 0, 1, 2));
        Run("Softmax along axis 9", "Softmax", null, Int("axis", 9));
        Run("Flatten at axis -9", "Flatten", null, Int("axis", -9));
        Run("DepthToSpace of blocks of 0", "DepthToSpace", null, Int("blocksize", 0));
        Run("BatchNormalization of other channels", "BatchNormalization", [3]);
        Run("LSTM of wrong weights", "LSTM", [1, 2, 3], Int("hidden_size", 5));
        Run("MaxPool of a huge window", "MaxPool", null, Ints("kernel_shape", 0, int.MaxValue));
        Run("Cast to type 77", "Cast", null, Int("to", 77));
    }

    static void WholeNumbers()
    {
        Whole("Reshape to other sizes", "Reshape", 7, 7);
        Whole("Reshape to a huge size", "Reshape", 1L << 40, -1);
        Whole("Expand to a terabyte", "Expand", 1 << 20, 1 << 20, 2, 2);
        Whole("Tile a million million times", "Tile", 1 << 20, 1 << 20, 1, 1);
        Whole("Gather index 99", "Gather", 99);
        Whole("Split into other parts", "Split", 5, 6);
        Whole("Pad by a terabyte", "Pad", 1 << 30, 1 << 30, 0, 0, 1 << 30, 0, 0, 0);
        Whole("Squeeze an axis that is not there", "Squeeze", 12);
        Whole("the best million of 2", "TopK", 1 << 20);
        Add("If without graphs", Model(Node("If")));
        Add("Loop without a graph", Model(Node("Loop")));
        Add("Range of a million million", Change(m =>
        {
            m.Graph.Node[0] = new NodeProto { OpType = "Range", Input = { "a", "b", "c" }, Output = { "y" } };
            TensorProto end = new() { Name = "b", DataType = 1, FloatData = { 1e12f } };
            m.Graph.Initializer.Add([Floats("a", [], 1), Floats("c", [], 1), end]);
        }));
    }

    static void Add(string name, ModelProto model) => All.Add(name, model.ToByteArray());

    static void Weight(string name, Action<TensorProto> change) => Add($"weights: {name}", Change(m =>
    {
        TensorProto weight = Floats("w", [4], 4);
        change(weight);
        m.Graph.Initializer.Add(weight);
    }));

    static void Sparse(string name, long[] indices, long[] dims) => Add(name, Change(m =>
        m.Graph.SparseInitializer.Add(SparseOf(indices, dims))));

    static void External(string name, params (string, string)[] entries) => Add($"external: {name}",
        Change(m => m.Graph.Initializer.Add(Far("w", entries))));

    static void Run(string name, string op, long[]? weight, params AttributeProto[] attributes) => Add(name, Change(m =>
    {
        m.Graph.Node[0] = With(Node(op), attributes);
        if (weight is not null)
            m.Graph.Initializer.Add(Floats("w", weight, (int)weight.Aggregate(1L, (a, b) => a * b)));
        for (int i = 0; weight is not null && i < (op is "BatchNormalization" ? 4 : op is "LSTM" ? 2 : 1); i++)
            m.Graph.Node[0].Input.Add("w");
    }));

    static void Whole(string name, string op, params long[] numbers) => Add(name, Change(m =>
    {
        (m.Graph.Node[0] = Node(op)).Input.Add("w");
        m.Graph.Initializer.Add(
            new TensorProto { Name = "w", DataType = 7, Dims = { numbers.Length }, Int64Data = { numbers } });
    }));
}
