using Hondo.Data;
using Hondo.Inference;
using Hondo.Layers;
using Hondo.Metrics;
using Hondo.Models;
using Hondo.Ops;
using Hondo.Optimizers;
using Hondo.Serialization;
using Hondo.Tensors;
using Hondo.Tests.Data;
using Hondo.Training;
using Linear = Hondo.Layers.Linear;
using Relu = Hondo.Layers.Relu;

namespace Hondo.Tests.Layers;

public sealed class BundleTests
{
    static readonly Bundle Inputs = new(("picture", [6, 6, 1]), ("shop", []), ("age", [2]));
    static readonly Bundle Outputs = new(("class", [3]), ("price", [1]));

    static readonly Tensor Pictures = Tensor.RandomNormal([40, 6, 6, 1], seed: 1);
    static readonly Tensor Shops = Tensor.Of([.. Enumerable.Range(0, 40).Select(i => i % 5)]);
    static readonly Tensor Ages = Tensor.RandomUniform([40, 2], seed: 2);

    /// <summary>A picture, a category and numbers in; a class and a number out.</summary>
    sealed class Net : Layer
    {
        readonly Sequential _eye = new(new Conv2d(1, 4, kernel: 3), new Relu(), new Flatten());
        readonly Embedding _shop = new(5, 3);
        readonly Linear _class = new(64 + 3 + 2, 3), _price = new(64 + 3 + 2, 1);

        protected override Tensor Run(Tensor x)
        {
            var (picture, shop, age) = Inputs.Unpack(x);
            Tensor all = Tensor.Concat(axis: 1, _eye.Forward(picture), _shop.Forward(shop.To(DType.Int32)), age);
            return Outputs.Pack(_class.Forward(all), _price.Forward(all));
        }

        protected internal override void Parts(Parts parts) => parts.Add(_eye).Add(_shop).Add(_class).Add(_price);

        public override string ToString() => "Net()";
    }

    static Dataset Data()
    {
        Tensor classes = Tensor.Of([.. Enumerable.Range(0, 40).Select(i => i % 5 % 3f)], [40, 1]);
        Tensor prices = Ages.Sum(axis: 1, keepDims: true);
        return Dataset.Of("shops", Inputs.Pack(Pictures, Shops, Ages), Tensor.Concat(axis: 1, classes, prices));
    }

    static Trainer Trainer(Net net) => new(net, step =>
    {
        var (scores, price) = Outputs.Unpack(net.Forward(step.Inputs));
        Tensor label = step.Targets[.., 0].To(DType.Int32);
        step.Minimize(scores.CrossEntropy(label) + price.SquaredError(step.Targets[.., 1..2]));
        step.Measure(scores, label);
    }, new Adam(net.Parameters, 0.01))
    { Epochs = 40, BatchSize = 10, Metrics = [new Accuracy()] };

    [Fact]
    public void What_is_packed_is_unpacked()
    {
        Unpacked all = Inputs.Unpack(Inputs.Pack(Pictures, Shops, Ages));
        Assert.Equal(Pictures.ToArray<float>(), all["picture"].ToArray<float>());
        Assert.Equal(Pictures.Shape, all[0].Shape);
        Assert.Equal(Shops.ToArray<int>(), all["shop"].To(DType.Int32).ToArray<int>());
        Assert.Equal(Ages.Shape, all[2].Shape);
        Assert.Equal("picture [6, 6, 1], shop [], age [2]", Inputs.ToString());
    }

    [Fact]
    public void A_layer_of_several_inputs_and_outputs_trains_and_predicts_one_by_one_as_in_a_batch()
    {
        var net = new Net();
        Dataset data = Data();
        Assert.InRange(Trainer(net).Fit(new(data))[^1].Train["accuracy"], 0.95, 1);
        Tensor packed = Inputs.Pack(Pictures, Shops, Ages);
        float[] all = net.Forward(packed).ToArray<float>();
        var predictor = new Predictor(net);
        Assert.Equal(all, predictor.Forward(packed).ToArray<float>());
        for (int i = 0; i < 3; i++)
            Assert.Equal(all[(4 * i)..(4 * i + 4)], predictor.Forward(packed[i..(i + 1)]).ToArray<float>());
    }

    [Fact]
    public void A_trace_of_shapes_and_a_file_know_it()
    {
        var net = new Net();
        var trace = new ShapeTrace();
        trace.Follow(() => net.Forward(ShapeTrace.Input([1, .. Inputs.Sample])));
        Assert.Contains(trace.Rows, row => row.Path.StartsWith("eye", StringComparison.Ordinal));
        using var scratch = new ScratchFolder();
        net.Save(scratch["net.safetensors"]);
        var again = new Net();
        ModelFile.Load(scratch["net.safetensors"], into: again);
        Tensor packed = Inputs.Pack(Pictures, Shops, Ages);
        Assert.Equal(net.Forward(packed).ToArray<float>(), again.Forward(packed).ToArray<float>());
    }

    [Fact]
    public void Wrong_bundles_are_refused_with_names()
    {
        Assert.Equal("There is no 'colour' in this bundle: it has picture, shop, age.",
            Assert.Throws<ArgumentException>(() => Inputs.Get(Tensor.Ones([1, 39]), "colour")).Message
                .Split(" (Parameter")[0]);
        Assert.Equal("The bundle class [3], price [1] is packed as [batch, 4], but got [2, 5]. Pack its tensors with "
            + "Pack.", Assert.Throws<ShapeException>(() => Outputs.Get(Tensor.Ones([2, 5]), "price")).Message);
        Assert.Equal("'price' is [batch, ..[1]] in this bundle, but got [2, 2].", Assert.Throws<ShapeException>(
            () => Outputs.Pack(Tensor.Ones([2, 3]), Tensor.Ones([2, 2]))).Message);
        Assert.Throws<ArgumentException>(() => new Bundle(("a", [1]), ("a", [2])));
        Assert.Throws<ArgumentException>(() => new Bundle());
    }
}
