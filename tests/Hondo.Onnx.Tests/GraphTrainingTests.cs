using Hondo.Inference;
using Hondo.Insights;
using Hondo.Layers;
using Hondo.Ops;
using Hondo.Optimizers;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Onnx.Tests;

/// <summary>Graphs that are no chain of layers train: their derivatives are those of finite differences.</summary>
public sealed class GraphTrainingTests
{
    [Fact]
    public void Readers_of_text_and_speech_have_the_derivatives_that_differences_have()
    {
        Assert.True(RealGraphTests.Reader.CheckGradients("f 2,1,8,9") > 40);
        Assert.True(RealGraphTests.Listener.CheckGradients("f 2,90") > 30);
        Assert.True(RealGraphTests.Decoder.CheckGradients("i 3;1;4;1 1,4", "f 1,6,5") > 20);
        Assert.True(GraphPartsTests.Finder("linear", "half_pixel").CheckGradients("f 1,3,8,12") > 30);
        Assert.True(GraphPartsTests.Finder("cubic", "align_corners").CheckGradients("f 1,3,8,12") > 30);
    }

    // One line is one operator, in a form that its fast kernel does not have.
    [Theory]
    [InlineData("y = AveragePool(x){kernel_shape: [3, 2], strides: [2, 1], pads: [1, 0, 0, 1], ceil_mode: 1}")]
    [InlineData("y = AveragePool(x){kernel_shape: [3, 3], pads: [1, 1, 1, 1], count_include_pad: 1}")]
    [InlineData("y, at = MaxPool(x){kernel_shape: [2, 2], strides: [2, 2]}\nz = MaxUnpool(y, at)"
        + "{kernel_shape: [2, 2], strides: [2, 2]}")]
    [InlineData("y = LpPool(x){kernel_shape: [2, 2], p: 3}")]
    [InlineData("y = Conv(x, w:4x1x3x3, w:4){group: 2, auto_pad: 'SAME_LOWER', strides: [2, 2]}")]
    [InlineData("y = ConvTranspose(x, w:2x3x3x2, w:3){strides: [2, 3], output_padding: [1, 1], pads: [1, 0, 0, 1]}")]
    [InlineData("y = ConvTranspose(x, w:2x1x3x3){group: 2, auto_pad: 'SAME_UPPER', strides: [2, 2]}")]
    [InlineData("y = LRN(x){size: 3}")]
    [InlineData("y = BatchNormalization(x, k:2, w:2, w:2, k:2)")]
    [InlineData("y = InstanceNormalization(x, k:2, w:2)")]
    [InlineData("y = MeanVarianceNormalization(x)")]
    [InlineData("y = LpNormalization(x){axis: 1, p: 1}")]
    [InlineData("y = DepthToSpace(a){blocksize: 2}", "a = Concat(x, x){axis: 1}")]
    [InlineData("y = SpaceToDepth(x){blocksize: 2}")]
    [InlineData("y = Pad(x, i:0;0;1;2;0;0;2;1){mode: 'reflect'}")]
    [InlineData("y = Pad(x, i:0;0;1;-1;0;0;0;1, f:=2)")]
    [InlineData("y = Slice(x, i:-1;5, i:-9;0, i:2;3, i:-2;-2)")]
    [InlineData("y = Tile(x, i:1;2;1;3)")]
    [InlineData("y = GatherElements(x, b){axis: 3}", "b = ArgMax(x){axis: 3}")]
    [InlineData("y = GatherND(x, i:0;1)")]
    [InlineData("y = ScatterElements(x, i, u){axis: 3}", "i = ArgMin(x){axis: 3}\nu = ReduceMean(x){axes: [3]}")]
    [InlineData("y = Trilu(x, i:=1){upper: 0}")]
    [InlineData("y, at = TopK(x, i:2){axis: 2, largest: 0}")]
    [InlineData("y = CumSum(x, i:=2){reverse: 1, exclusive: 1}")]
    [InlineData("y = Einsum(x, w:6x5){equation: '...ij,jk->...ik'}")]
    [InlineData("y = ReduceLogSumExp(x){axes: [1, 3], keepdims: 0}")]
    [InlineData("y = ReduceMax(x){axes: [2]}")]
    [InlineData("y = ReduceL2(x)")]
    [InlineData("y = Clip(x, f:=-0.3, f:=0.4)")]
    [InlineData("y = Where(c, x, w:1x2x1x6)", "c = Greater(x, f:=0)")]
    [InlineData("y = PRelu(x, w:2x1x1)")]
    [InlineData("y = Pow(e, w:6)", "e = Exp(x)")]
    [InlineData("y = Max(x, m)", "m = Neg(x)")]
    [InlineData("y = Div(x, e)", "e = Exp(x)")]
    [InlineData("y = HardSigmoid(x){alpha: 0.3, beta: 0.4}")]
    [InlineData("y = Shrink(x){lambd: 0.2, bias: 0.1}")]
    [InlineData("y = Resize(x, , f:1.0;1.0;1.5;0.5){mode: 'cubic', antialias: 1}")]
    [InlineData("y = Resize(x, , f:1.0;1.0;2.0;2.0){mode: 'nearest', nearest_mode: 'ceil'}")]
    [InlineData("y = Softmax(x){axis: 1}")]
    [InlineData("s, t = Split(x){axis: 1}\ny = Mul(s, t)")]
    [InlineData("y = Expand(r, i:1;2;4;6)", "r = ReduceMean(x){axes: [2]}")]
    [InlineData("y = GlobalMaxPool(x)")]
    public void Each_form_of_an_operator_has_a_derivative(string line, string before = "")
    {
        string output = line.Contains("z =") ? "z" : "y";
        string text = $"{before}\n{line}";
        int opset = line.Contains("antialias") ? 18 : line.Contains("axes: ") || before.Contains("axes: ") ? 13 : 17;
        new TextGraph(text, output, ["x f 1,2,4,6"], opset).Compare(2e-5, "f 1,2,4,6");
        Assert.True(new TextGraph(text, output, ["x f 1,2,4,6"], opset).CheckGradients("f 1,2,4,6") >= 3);
    }

    [Theory]
    [InlineData("y, h = RNN(x, w:2x5x3, w:2x5x5, w:2x10, len, s){hidden_size: 5, direction: 'bidirectional', "
        + "activations: ['Relu', 'Tanh']}", "s f 2,2,5", "f 2,2,5")]
    [InlineData("y, h = GRU(x, w:1x15x3, w:1x15x5, w:1x30, len, s){hidden_size: 5, direction: 'reverse'}",
        "s f 1,2,5", "f 1,2,5")]
    [InlineData("y, h, c = LSTM(x, w:1x20x3, w:1x20x5, w:1x40, len, s, , w:1x15){hidden_size: 5, clip: 0.8}",
        "s f 1,2,5", "f 1,2,5")]
    public void Recurrent_nodes_have_derivatives_for_sequences_of_their_own_lengths(string line, string input,
        string state)
    {
        TextGraph Graph() => new(line, "y, h", ["x f 4,2,3", "len i32 2", input]);
        Graph().Compare(2e-5, "f 4,2,3", "i32 4;2", state);
        Assert.True(Graph().CheckGradients("f 4,2,3", "i32 4;2", state) > 12);
    }

    [Fact]
    public void A_reader_of_text_learns_is_saved_and_made_ready()
    {
        LayerCatalog.All.Register<OnnxModel>();
        Layer model = RealGraphTests.Reader.Use(path => OnnxModel.Load(path, "y"));
        Tensor x = Tensor.RandomNormal([2, 8, 9, 1], seed: 3);
        Tensor labels = Tensor.Of([.. Enumerable.Range(0, model.Forward(x).Shape[..2].Size).Select(i => i % 7)]);
        var optimizer = new Adam(model.Parameters, learningRate: 0.02);
        List<double> losses = [];
        for (int step = 0; step < 60; step++)
        {
            using var open = Tape.Begin();
            Tensor scores = model.Forward(x);
            Tensor loss = scores.Reshape([labels.Size, 7]).CrossEntropy(labels);
            losses.Add(loss.Item);
            loss.Backward();
            optimizer.Step();
        }
        Assert.InRange(losses[^1], 0, losses[0] * 0.7);
        string file = Path.GetTempFileName();
        ModelFile.Save(model, file);
        Layer again = ModelFile.Load(file).Model;
        File.Delete(file);
        float[] now = model.Forward(x).ToArray<float>();
        Assert.Equal(now, again.Forward(x).ToArray<float>());
        Assert.Equal(now, new Predictor(again).Forward(x).ToArray<float>());
        Assert.Equal(model.Parameters.Sum(p => (long)p.Shape.Size), ModelSummary.Of(again, [8, 9, 1]).Parameters);
        Assert.Equal(model.Parameters.Select(p => p.Name), again.Parameters.Select(p => p.Name));
    }

    [Fact]
    public void Frozen_weights_stay_and_batch_norms_follow_while_they_are_not()
    {
        Layer model = GraphPartsTests.Finder("nearest", "asymmetric").Use(path => OnnxModel.Load(path));
        Tensor x = Tensor.RandomNormal([2, 16, 16, 3], seed: 3);
        float[] State() => [.. model.States.SelectMany(state => state.Value.ToArray<float>())];
        float[] before = State();
        model.Freeze();
        Step();
        Assert.Equal(before, State());
        model.Unfreeze();
        Step();
        Assert.NotEqual(before, State());

        void Step()
        {
            using var open = Tape.Begin();
            (model.Forward(Tape.Watch(x)) * 2.0).Sum().Backward();
        }
    }

    [Theory]
    [InlineData("y = Hardmax(a)", "Hardmax node 'n1' has no gradient")]
    [InlineData("q = QuantizeLinear(a, f:=0.1)\ny = DequantizeLinear(q, f:=0.1)", "QuantizeLinear node 'n1'")]
    [InlineData("y, c = Loop(i:=2, , a){body: @round}", "Hardmax node 'n0' has no gradient")]
    public void A_node_without_a_gradient_is_named_when_training_reaches_it(string line, string message)
    {
        OnnxGraph graph = new TextGraph($"a = Conv(x, w:1x1x1x1)\n{line}", "y", ["x f 1,1,2,2", "g f 1,2,2,2"],
            inner: new()
            {
                ["round"] = ("i i; go b; at f", "next = Hardmax(at)\non = Identity(go)\nkept = Identity(at)",
                    "on b, next f, kept f"),
            }).Load();
        Dictionary<string, Tensor> inputs = new()
        {
            ["x"] = Tensor.Ones([1, 1, 2, 2]), ["g"] = Tensor.Zeros([1, 2, 2, 2]),
        };
        Assert.Single(graph.Run(inputs));
        OnnxException error = Assert.Throws<OnnxNotSupportedException>(() =>
        {
            using var open = Tape.Begin();
            graph.Run(inputs)["y"].Sum().Backward();
        });
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        graph.Weights.Freeze();
        using var step = Tape.Begin();
        Assert.Equal(4, graph.Run(inputs)["y"].Size);
    }
}
