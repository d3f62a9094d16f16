using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Tests.Autograd;

public sealed class ExplanationTests
{
    static readonly Shape Shape = [6, 4, 1];
    static readonly float[] Picture = [.. Enumerable.Range(0, 24).Select(i => (i * 7 % 11) / 11f)];

    [Fact]
    public void Of_a_linear_network_the_saliency_is_its_weights()
    {
        var linear = new Linear(24, 3);
        var model = new Sequential(new Flatten(), linear);
        model.Initialize(3);
        Explanation explanation = Explanation.Of(model, Picture, Shape, target: 1);
        float[] weights = linear.Weight.Value.ToArray<float>();
        for (int i = 0; i < 24; i++)
            Assert.Equal(Math.Abs(weights[24 + i]), explanation.Saliency.Values[i]);
        Assert.Null(explanation.Places);
        Assert.Equal(model.Forward(Tensor.Of(Picture, [1, 6, 4, 1])).ToArray<double>(), explanation.Scores);
    }

    [Fact]
    public void Grad_cam_lights_up_where_the_maps_of_the_class_are()
    {
        var window = new Conv2d(1, 2, 1);
        var last = new Linear(2, 2);
        var model = new Sequential(window, new Relu(), new GlobalAveragePool2d(), last);
        model.Initialize(1);
        window.Weight.Set(Tensor.Of([1f, -1], [1, 1, 1, 2]));
        last.Weight.Set(Tensor.Of([1f, 0, 0, 1], [2, 2]));
        float[] picture = [.. Enumerable.Range(0, 24).Select(i => i < 12 ? 0.5f : -2)];
        Explanation first = Explanation.Of(model, picture, Shape, target: 0);
        Assert.All(Enumerable.Range(0, 24), i => Assert.Equal(i < 12, first.Places!.Values[i] > 0));
        Explanation likely = Explanation.Of(model, picture, Shape);
        Assert.Equal(1, likely.Target);
        Assert.All(Enumerable.Range(0, 24), i => Assert.Equal(i >= 12, likely.Places!.Values[i] > 0));
        Assert.Equal(["Conv2d(1, 2, 1)", "Relu()"], likely.Maps.Select(maps => maps.Layer.Replace("kernel: ", "")));
    }

    [Fact]
    public void Grad_cam_looks_into_any_layer()
    {
        var model = new Sequential(new Conv2d(1, 3, 3, padding: 1), new Relu(), new MaxPool2d(2),
            new Conv2d(3, 4, 1), new Tanh(), new Flatten(), new Linear(24, 2));
        model.Initialize(5);
        Explanation expected = Explanation.Of(model, Picture, Shape, target: 0);
        Explanation inside = Explanation.Of(new Whole(model), Picture, Shape, target: 0);
        Assert.Equal([3, 2], [expected.Places!.Height, expected.Places.Width]);
        Assert.Contains(expected.Places.Values, place => place > 0);
        Assert.Equal(expected.Places.Values, inside.Places!.Values);
        Assert.Equal(expected.Saliency.Values, inside.Saliency.Values);
        Assert.Empty(inside.Maps);
    }

    // What is no Sequential.
    sealed class Whole(Layer inner) : Layer
    {
        protected override Tensor Run(Tensor x) => inner.Forward(x);

        protected internal override void Parts(Parts parts) => parts.Add(inner);
    }

    [Fact]
    public void What_is_no_picture_or_no_output_is_refused()
    {
        Layer model = new Linear(4, 2).Initialize(1);
        Assert.Throws<ArgumentException>(() => Explanation.Of(model, [1, 2, 3, 4], [4]));
        Assert.Throws<ArgumentException>(() => Explanation.Of(new Sequential(new Flatten(), model), [1, 2, 3, 4],
            [2, 2, 1], target: 2));
    }
}
