using Google.Protobuf;
using Hondo.Layers;
using Hondo.Onnx.Graphs;
using Hondo.Onnx.Import;
using Hondo.Onnx.Proto;
using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;
using Hondo.Ops;
using Hondo.Optimizers;
using Hondo.Tensors;
using static Hondo.Onnx.Tests.ProtoParts;

namespace Hondo.Onnx.Tests;

/// <summary>Graphs as Hondo's own layers.</summary>
public sealed class ImportTests : IDisposable
{
    readonly string _path = Path.GetTempFileName();
    readonly Random _random = new(1);
    readonly ModelProto _model = new()
    {
        IrVersion = 8,
        OpsetImport = { new OperatorSetIdProto { Version = 17 } },
        Graph = new() { Output = { Value("y") } },
    };

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Layers_give_what_the_graph_gives_node_by_node()
    {
        Layer layers = Load(Network);
        Assert.IsType<Sequential>(layers);
        OnnxFile file = Normalizer.Raise(OnnxFile.Read(_path));
        Tensor x = Tensor.Of([.. Enumerable.Range(0, 2 * 9 * 8 * 3).Select(_ => (float)_random.NextDouble())],
            [2, 9, 8, 3]);
        var expected = (OnnxTensor)new Interpreter(file).Run([Bridge.ToValue(x, file.Graph.Needed[0])])[0]!;
        using Tape.Scope step = Tape.Begin(Mode.Inference);
        Assert.All(layers.Forward(x).ToArray<float>().Zip(expected.AsFloats()),
            pair => Assert.Equal(pair.Second, pair.First, 1e-5));
    }

    // The image is 9 high and 8 wide: padded in front alone, 4 windows of 3 by 2 lie on its width, as with both ends.
    [Theory]
    [InlineData("MaxPool", true, 0, 1, 0, 0)]
    [InlineData("AveragePool", true, 0, 1, 0, 0)]
    [InlineData("MaxPool", false, 1, 1, 0, 0)]
    public void Windows_padded_in_front_alone_are_layers_where_it_makes_no_difference(string op, bool areLayers,
        params int[] pads)
    {
        Layer layers = Load(() => Add(op, "y", "x", Ints("kernel_shape", 3, 3), Ints("strides", 2, 2),
            Ints("pads", [.. pads.Select(pad => (long)pad)])));
        Assert.Equal(areLayers, layers is Sequential);
        OnnxFile file = Normalizer.Raise(OnnxFile.Read(_path));
        Tensor x = Tensor.Of([.. Enumerable.Range(0, 9 * 8 * 3).Select(_ => (float)_random.NextDouble() - 2)],
            [1, 9, 8, 3]);
        Tensor expected = Bridge.ToTensor(new Interpreter(file).Run([Bridge.ToValue(x, file.Graph.Needed[0])])[0]);
        Tensor got = layers.Forward(x);
        Assert.Equal(expected.Shape, got.Shape);
        Assert.All(got.ToArray<float>().Zip(expected.ToArray<float>()),
            pair => Assert.Equal(pair.Second, pair.First, 1e-6));
    }

    [Fact]
    public void Layers_print_as_the_text_that_builds_them() => Assert.StartsWith(
        "Sequential(Conv2d(3, 8, kernel: 3, stride: 2, padding: [0, 1, 1, 0]), BatchNorm(8", Load(Network).ToString(),
        StringComparison.Ordinal);

    [Fact]
    public void Layers_train()
    {
        Layer layers = Load(Network);
        var optimizer = new Sgd(layers.Parameters, learningRate: 0.2);
        Tensor x = Tensor.Of([.. Enumerable.Range(0, 4 * 9 * 8 * 3).Select(_ => (float)_random.NextDouble())],
            [4, 9, 8, 3]);
        Tensor labels = Tensor.Of([0, 1, 2, 3]);
        List<double> losses = [];
        for (int i = 0; i < 100; i++)
        {
            using var step = Tape.Begin();
            Tensor loss = layers.Forward(x).CrossEntropy(labels);
            losses.Add(loss.Item);
            loss.Backward();
            optimizer.Step();
        }
        Assert.InRange(losses[^1], 0, losses[0] / 2);
    }

    [Fact]
    public void A_graph_that_is_no_chain_of_layers_runs_node_by_node_and_says_why()
    {
        var model = Assert.IsType<OnnxModel>(Load(() =>
        {
            Add("Sin", "a", "x");
            Add("Relu", "y", "a");
        }));
        Assert.Contains("Sin", model.Reason, StringComparison.Ordinal);
        Tensor x = Tensor.Full([1, 9, 8, 3], 0.5);
        Assert.Equal(Math.Sin(0.5), model.Forward(x)[0, 0, 0, 0], 1e-6);
    }

    Layer Load(Action network)
    {
        _model.Graph.Input.Add(new ValueInfoProto
        {
            Name = "x",
            Type = new() { TensorType = new() { ElemType = 1, Shape = Images } },
        });
        network();
        File.WriteAllBytes(_path, _model.ToByteArray());
        return OnnxModel.Load(_path);
    }

    static TensorShapeProto Images => new()
    {
        Dim = { new TensorShapeProto.Types.Dimension { DimParam = "batch" }, Axis(3), Axis(9), Axis(8) },
    };

    // Convolution, batch norm with a scale behind it, two ways side by side, two that are added, pooling, linear layer.
    void Network()
    {
        Add("Conv", "c", "x", "cw:8,3,3,3", "cb:8", Ints("strides", 2, 2), Ints("pads", 0, 1, 1, 0));
        Add("BatchNormalization", "n", "c", "ng:8", "nb:8", "nm:8", "nv:8");
        Add("Mul", "m", "n", "mf:8,1,1");
        Add("Add", "s", "m", "sb:8,1,1");
        Add("Relu", "r", "s");
        Add("Conv", "p", "r", "pw:4,8,1,1");
        Add("Relu", "q", "p");
        Add("MaxPool", "o", "r", Ints("kernel_shape", 3, 3), Ints("pads", 1, 1, 1, 1));
        Add("Concat", "t", "q", "o", Int("axis", 1));
        Add("Conv", "u", "t", "uw:12,6,1,1", "ub:12", Int("group", 2));
        Add("Add", "v", "u", "t");
        Add("AveragePool", "w", "v", Ints("kernel_shape", 2, 2), Ints("strides", 2, 2));
        Add("Flatten", "f", "w");
        Add("Gemm", "y", "f", "gw:4,48", "gb:4", Int("transB", 1));
    }

    // What has a shape behind its name is a weight.
    void Add(string op, string output, params object[] parts)
    {
        var node = new NodeProto { OpType = op, Output = { output } };
        foreach (object part in parts)
            if (part is AttributeProto attribute)
                node.Attribute.Add(attribute);
            else
            {
                string[] words = ((string)part).Split(':');
                node.Input.Add(words[0]);
                if (words.Length == 2)
                    _model.Graph.Initializer.Add(Weight(words[0], [.. words[1].Split(',').Select(long.Parse)]));
            }
        _model.Graph.Node.Add(node);
    }

    TensorProto Weight(string name, long[] dims) => new()
    {
        Name = name, DataType = 1, Dims = { dims },
        FloatData = { Enumerable.Range(0, (int)dims.Aggregate(1L, (a, b) => a * b)).Select(_ =>
            (float)(_random.NextDouble() - (name == "nv" ? 0 : 0.5))) },
    };
}
