using System.Globalization;
using Google.Protobuf;
using Hondo.Autograd;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Onnx.Proto;
using Hondo.Ops;
using Hondo.Serialization;
using Hondo.Tensors;
using Xunit.Abstractions;

namespace Hondo.Onnx.Tests.Export;

/// <summary>What was exported and is read again is the model that it was, and images lie without transposes.</summary>
public sealed class ReimportTests(ITestOutputHelper output) : IDisposable
{
    const string AlexNetLike = "Sequential(Conv2d(3, 8, kernel: 11, stride: 4), Relu(), LocalResponseNorm(), "
        + "MaxPool2d(3, stride: 2), Conv2d(8, 16, kernel: 5, padding: 2, groups: 2), Relu(), LocalResponseNorm(), "
        + "MaxPool2d(3, stride: 2), Conv2d(16, 16, kernel: 3, padding: 1, groups: 2), Relu(), Flatten(), "
        + "Dropout(0.5), Linear(400, 32), Relu(), Dropout(0.5), Linear(32, 7))";

    readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    // AlexNet is large, and made of what the others are.
    public static TheoryData<string> Names => [.. CatalogExportTests.AllNames.Where(name => name != "alexnet")];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_export_that_is_read_again_is_the_same_to_the_bit(string name)
    {
        (Layer model, Shape sample, DType type, int outputs) = CatalogExportTests.Make(name);
        OnnxExport.Save(model, _path, sample, type);
        Layer again = OnnxModel.Load(_path);
        Assert.Equal(model.ToString(), again.ToString());
        Assert.Equal(ModelHash.Of(model), ModelHash.Of(again));
        Tensor x = ExportCheck.Random([3, .. sample], type, outputs);
        Assert.Equal(ExportCheck.Infer(model, x), ExportCheck.Infer(again, x));
    }

    // By the graph alone, as another program's file.
    [Theory]
    [InlineData(AlexNetLike)]
    [InlineData("cnn")]
    [InlineData("lenet5")]
    [InlineData("linear")]
    [InlineData("mlp")]
    [InlineData("mobilenet")]
    [InlineData("resnet20")]
    [InlineData("squeezenet")]
    [InlineData("vgg")]
    public void A_graph_of_layers_becomes_the_same_layers_to_the_bit_without_transposes(string name)
    {
        (Layer model, Shape sample, DType type, int outputs) = name == AlexNetLike
            ? (ModelText.Parse(name), [99, 99, 3], DType.Float32, 7) : CatalogExportTests.Make(name);
        OnnxExport.Save(model, _path, sample, type);
        ModelProto proto = ModelProto.Parser.ParseFrom(File.ReadAllBytes(_path));
        proto.MetadataProps.Clear();
        File.WriteAllBytes(_path, proto.ToByteArray());
        Layer again = OnnxModel.Load(_path);
        Assert.IsType<Sequential>(again);
        Tensor x = ExportCheck.Random([2, .. sample], type, outputs);
        Assert.Equal(ExportCheck.Infer(model, x), ExportCheck.Infer(again, x));
        Assert.Equal(0, proto.Graph.Node.Count(node => node.OpType == "Transpose"));
        Assert.Equal(0, Count(name, again, sample));
    }

    [SharedTheory("data/imagenet/squeezenet1_0.onnx")]
    [InlineData("data/imagenet/squeezenet1_0.onnx", 227)]
    [InlineData("data/imagenet/mobilenet_v1_0.25_128.onnx", 128)]
    [InlineData("data/imagenet/mobilenet_v2_1.0_224.onnx", 224)]
    [InlineData("data/cifar10/models/resnet20.onnx", 32)]
    public void Published_networks_run_without_transposes(string file, int side)
    {
        Layer model = OnnxModel.Load(Shared.At(file));
        Assert.Equal(0, Count(file, model, [side, side, 3]));
        // Exported once more there are still none, and ONNX Runtime agrees.
        OnnxExport.Save(model, _path, [side, side, 3]);
        ModelProto proto = ModelProto.Parser.ParseFrom(File.ReadAllBytes(_path));
        Assert.Equal(0, proto.Graph.Node.Count(node => node.OpType == "Transpose"));
        if (side <= 128)
            output.WriteLine(ExportCheck.Compare(model, [side, side, 3]).ToString("G2", CultureInfo.InvariantCulture));
    }

    // Every call of one forward: transposes, and conversions of layout, which would be calls too.
    int Count(string name, Layer model, Shape sample)
    {
        using Tape.Scope step = new Tape().Open(new StepInfo(Mode.Inference, 1, 0));
        Tensor y = model.Forward(Tensor.Zeros([1, .. sample]));
        string[] calls = [.. ComputationGraph.Of(y).Gates.Where(gate => !gate.IsInput).Select(gate => gate.Label)];
        int transposes = calls.Count(call => call is "Transpose");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {transposes} transposes in {calls.Length} calls"));
        Assert.NotEmpty(calls);
        return transposes;
    }

    [Theory]
    [InlineData(17, false)]
    [InlineData(13, false)]
    [InlineData(17, true)]
    public void A_graph_with_a_new_head_is_exported_as_one(int opset, bool normalizes)
    {
        var graph = new TextGraph("""
            a = Conv(input, w:4x3x3x3, w:4){pads: [1, 1, 1, 1]}
            b = Sin(a)
            output = Mul(b, a)
            """, "output", ["input f n,3,8,8"], opset);
        Layer body = graph.Use(path => OnnxModel.Load(path));
        var model = new Sequential(body, new Conv2d(4, 5, 1), new Relu(), new GlobalAveragePool2d(), new Linear(5, 2));
        model.Initialize(4);
        ModelCard card = new()
        {
            ClassNames = ["cat", "dog"], Normalization = normalizes ? new Normalization([0.4f], [0.5f]).ToText() : "",
        };
        var options = new OnnxExportOptions { Card = card };
        Assert.InRange(ExportCheck.Compare(model, [8, 8, 3], options: options, isDescribed: false), 0, 1e-5);
        OnnxExport.Save(model, _path, [8, 8, 3], options: options with { Normalizes = normalizes });
        Assert.Equal(["cat", "dog"], OnnxModel.CardOf(_path).ClassNames);
        Layer again = OnnxModel.Load(_path);
        Tensor bytes = ExportCheck.Random([3, 8, 8, 3], DType.Int32, 256).To(DType.Float32);
        Tensor x = (bytes / 255.0 - 0.4) / 0.5;
        Tensor expected = model.Forward(x), got = again.Forward(normalizes ? bytes : x);
        Assert.All(expected.ToArray<float>().Zip(got.ToArray<float>()), pair =>
            Assert.Equal(pair.First, pair.Second, 1e-4));
    }
}
