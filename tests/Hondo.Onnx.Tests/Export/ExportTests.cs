using Google.Protobuf;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Onnx.Proto;
using Hondo.Ops;
using Hondo.Serialization;
using Hondo.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace Hondo.Onnx.Tests.Export;

/// <summary>What an exported file says and takes, and what cannot be exported.</summary>
public sealed class ExportTests : IDisposable
{
    readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Nodes_and_weights_have_the_names_of_layers_and_the_batch_has_any_size()
    {
        GraphProto graph = Export("Sequential(Conv2d(3, 4, kernel: 3), Residual(Sequential(BatchNorm(4), Relu())), "
            + "Flatten(), Linear(36, 2))", [5, 5, 3]).Graph;
        Assert.Equal(["0", "1.body.0", "1.body.0/Relu", "1", "2", "3"], graph.Node.Select(node => node.Name));
        Assert.Equal(["0.weight", "0.bias", "1.body.0.weight", "1.body.0.bias", "1.body.0.running_mean",
            "1.body.0.running_var", "3.weight", "3.bias"], graph.Initializer.Select(weight => weight.Name));
        Assert.Equal("input [batch, 3, 5, 5]", Describe(graph.Input[0]));
        Assert.Equal("output [batch, 2]", Describe(graph.Output[0]));
        Assert.Equal(["0 [batch, 4, 3, 3]", "1.body.0 [batch, 4, 3, 3]", "1.body.0/Relu [batch, 4, 3, 3]",
            "1 [batch, 4, 3, 3]", "2 [batch, 36]"], graph.ValueInfo.Select(Describe));
    }

    [Fact]
    public void The_card_is_in_the_metadata()
    {
        var card = new ModelCard { ClassNames = ["cat", "dog"], Normalization = "{\"mean\":[1],\"deviation\":[2]}" };
        ModelProto model = Export("Linear(3, 2)", [3], new() { Card = card, BatchAxis = "N" });
        var texts = model.MetadataProps.ToDictionary(entry => entry.Key, entry => entry.Value);
        Assert.Equal("[\"cat\",\"dog\"]", texts["hondo.classes"]);
        Assert.Equal(card.Normalization, texts["hondo.normalization"]);
        Assert.Equal(("Linear(3, 2)", "[3]"), (texts["hondo.model"], texts["hondo.input"]));
        Assert.Equal("input [N, 3]", Describe(model.Graph.Input[0]));
        Assert.Equal(texts, OnnxInfo.Read(_path).Metadata);
    }

    [Fact]
    public void With_the_normalization_inside_the_file_takes_bytes()
    {
        var normalization = new Normalization([0.5f, 0.4f, 0.3f], [0.2f, 0.3f, 0]);
        Layer model = ModelText.Parse("Sequential(Conv2d(3, 4, kernel: 3), GlobalAveragePool2d())");
        OnnxExport.Save(model, _path, [6, 5, 3], options: new()
        {
            Card = new() { Normalization = normalization.ToText() }, Normalizes = true,
        });
        byte[] pixels = [.. Enumerable.Range(0, 90).Select(i => (byte)(i * 83 % 256))];
        var x = new float[90];
        // Channels first in the file, features last here.
        for (int i = 0; i < 90; i++)
            x[i % 30 * 3 + i / 30] = pixels[i] / 255f;
        normalization.Apply(x);
        float[] expected = ExportCheck.Infer(model, Tensor.Of(x, [1, 6, 5, 3]));
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(pixels, [1, 3, 6, 5]);
        Assert.All(expected.Zip(Run([input])[0]), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        // The graph decides: read again it takes bytes too, features last as all images here.
        Tensor again = OnnxModel.Load(_path).Forward(Tensor.Of([.. Enumerable.Range(0, 90).Select(i =>
            (float)pixels[i % 3 * 30 + i / 3])], [1, 6, 5, 3]));
        Assert.All(expected.Zip(again.ToArray<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Theory]
    [InlineData(17)]
    [InlineData(18)]
    [InlineData(19)]
    [InlineData(20)]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public void Every_version_of_operators_agrees(int opset) => ExportCheck.Compare(ModelText.Parse(
        "Sequential(Conv2d(3, 6, kernel: 3), BatchNorm(6), Mish(), Gelu(), GroupNorm(2, 6), MaxPool2d(2), "
        + "Reshape(4, 6), RmsNorm(6), LayerNorm(6), Gru(6, 5), MultiHeadAttention(5, 1, causal: true), Flatten(), "
        + "Linear(20, 3), Softmax())"), [6, 6, 3], options: new() { Opset = opset });

    [Fact]
    public void Versions_beyond_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        Export("Relu()", [3], new() { Opset = 12 }));

    [Fact]
    public void A_layer_of_ones_own_is_exported_by_its_ops() => ExportCheck.Compare(new Wide(), [4, 6]);

    // Broadcasting, reductions, slices, joins, comparisons, indices; a constant made anew in each step.
    sealed class Wide : Layer
    {
        readonly Linear _inner = new(6, 6);

        protected override Tensor Run(Tensor x)
        {
            Tensor y = _inner.Forward(x) * Tensor.Of([1f, 2, 3, 4, 5, 6]) + Tensor.Full([x.Shape[0], 1, 1], 0.5);
            Tensor mean = y.Mean(1, keepDims: true), large = (y > 0.3).Where(y, mean);
            Tensor turned = large.Permute(0, 2, 1).MatMul(y).Slice(.., 1..5, (..).By(2));
            Tensor sums = Tensor.Stack(1, turned.Sum(1), turned.Max(1));
            Tensor joined = Tensor.Concat(1, turned.Flip(1), turned.Roll(1, 2), sums);
            return joined.Pad([0, 1, 0], [0, 0, 2], 0.25).IndexSelect(Tensor.Of([3, 0, 5]), 1).CumSum(2)
                / (1 + joined.Square().Sum([1, 2], keepDims: true).Sqrt());
        }

        protected override void Parts(Parts parts) => parts.Add(_inner);
    }

    [Fact]
    public void An_op_without_a_counterpart_is_refused_by_name_and_place()
    {
        var model = new Sequential(new Linear(3, 3), new Function(x => x.Gather(x.ArgSort(1), 1), "sort"));
        var error = Assert.Throws<OnnxNotSupportedException>(() => OnnxExport.Save(model, _path, [3]));
        Assert.Equal("1: the op ArgSort cannot be exported to ONNX operators 17. Compute it from ops that have a "
            + "counterpart there (docs/onnx.md lists what has none), or leave this layer out of the exported model.",
            error.Message);
    }

    [Fact]
    public void Numbers_that_are_read_out_are_refused_instead_of_becoming_constants()
    {
        var model = new Function(x => x * Tensor.Of([.. x.ToArray<float>().Take(3).Select(MathF.Exp)]), "read");
        var error = Assert.Throws<OnnxNotSupportedException>(() => OnnxExport.Save(model, _path, [3]));
        Assert.Contains("outside of ops", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_with_its_state_has_several_inputs_and_outputs()
    {
        var cell = new Lstm(4, 5, layers: 2);
        OnnxExport.Save(_path, [new("x", [1, 4]), new("state", [4, 5])], ["y", "next"], inputs =>
            [cell.Forward(inputs[0], inputs[1], out Tensor final), final], cell);
        Tensor x = ExportCheck.Random([2, 3, 4]);
        float[] state = new float[2 * 4 * 5], whole = ExportCheck.Infer(cell, x);
        for (int step = 0; step < 3; step++)
        {
            using OrtValue now = OrtValue.CreateTensorValueFromMemory(x.Slice(.., step..(step + 1)).ToArray<float>(),
                [2, 1, 4]);
            using OrtValue before = OrtValue.CreateTensorValueFromMemory(state, [2, 4, 5]);
            float[][] results = Run([now, before]);
            for (int i = 0; i < 10; i++)
                Assert.Equal(whole[i / 5 * 15 + step * 5 + i % 5], results[0][i], 1e-5);
            state = results[1];
        }
    }

    [Fact]
    public void A_text_that_is_not_the_graph_s_is_not_believed()
    {
        ModelProto model = Export("Sequential(Linear(3, 2), Relu())", [3]);
        model.MetadataProps.First(entry => entry.Key == "hondo.model").Value = "Sequential(Linear(3, 2), Tanh())";
        File.WriteAllBytes(_path, model.ToByteArray());
        Assert.Equal("Sequential(Linear(3, 2), Relu())", OnnxModel.Load(_path).ToString());
    }

    [Fact]
    public void What_runs_node_by_node_is_written_with_the_weights_that_it_has()
    {
        ModelProto model = Export("Sequential(Linear(3, 2), Softsign(), Silu())", [3]);
        model.MetadataProps.Clear();
        File.WriteAllBytes(_path, model.ToByteArray());
        Layer layer = Assert.IsType<OnnxModel>(OnnxModel.Load(_path));
        layer.Parameters[0].Values<float>()[4] = 7;
        OnnxExport.Save(layer, _path);
        Tensor x = Tensor.Of([1f, 2, 3], [1, 3]), y = layer.Forward(x);
        Assert.Equal(y.ToArray<float>(), OnnxModel.Load(_path).Forward(x).ToArray<float>());
        float[] theirs = Run([OrtValue.CreateTensorValueFromMemory([1f, 2, 3], [1, 3])])[0];
        Assert.All(theirs.Zip(y.ToArray<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.Throws<OnnxNotSupportedException>(() => OnnxExport.Save(new Sequential(new Relu(), layer), _path, [3]));
    }

    ModelProto Export(string text, Shape sample, OnnxExportOptions? options = null)
    {
        OnnxExport.Save(ModelText.Parse(text), _path, sample, options: options);
        return ModelProto.Parser.ParseFrom(File.ReadAllBytes(_path));
    }

    float[][] Run(OrtValue[] inputs)
    {
        using var session = new InferenceSession(_path);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs =
            session.Run(options, session.InputNames, inputs, session.OutputNames);
        return [.. outputs.Select(value => value.GetTensorDataAsSpan<float>().ToArray())];
    }

    static string Describe(ValueInfoProto info) => $"{info.Name} [" + string.Join(", ",
        info.Type.TensorType.Shape.Dim.Select(dim => dim.DimParam.Length > 0 ? dim.DimParam : $"{dim.DimValue}")) + "]";
}
