using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Tests.Layers;

public sealed class LinearTests
{
    [Fact]
    public void Linear_multiplies_by_its_weights_and_adds_its_bias()
    {
        var layer = new Linear(2, 3);
        layer.Weight.Set(Tensor.Of(new[,] { { 1f, 2f }, { 3f, 4f }, { 5f, 6f } }));
        layer.Bias!.Set(Tensor.Of([10f, 20f, 30f]));
        Assert.Equal([13, 27, 41], layer.Forward(Tensor.Of([1f, 1f], [1, 2])).ToArray<float>());
    }

    [Fact]
    public void Linear_works_on_the_last_axis_of_any_shape() =>
        Assert.Equal([2, 5, 3], new Linear(4, 3).Forward(Tensor.Ones([2, 5, 4])).Shape);

    [Fact]
    public void Linear_without_bias_has_one_parameter()
    {
        var layer = new Linear(2, 3, bias: false);
        Assert.Equal(["weight"], layer.Parameters.Select(p => p.Name));
        Assert.Equal([0, 0, 0], layer.Forward(Tensor.Zeros([1, 2])).ToArray<float>());
    }

    [Fact]
    public void A_wrong_number_of_features_is_told_with_named_axes_and_the_mend()
    {
        var model = new Sequential(new Linear(784, 128), new Linear(64, 10));
        var image = Assert.Throws<ShapeException>(() => model.Forward(Tensor.Zeros([32, 28, 28, 1])));
        Assert.Equal(
            "0: Linear(784, 128) needs 784 input features, but got [batch 32, height 28, width 28, channels 1]. "
            + "Put Flatten() before it.", image.Message);
        var inner = Assert.Throws<ShapeException>(() => model.Forward(Tensor.Zeros([32, 784])));
        Assert.Equal("1: Linear(64, 10) needs 64 input features, but got [batch 32, features 128]. "
            + "Make it Linear(128, 10), or change the layer before it.", inner.Message);
    }

    [Fact]
    public void Without_features_there_is_no_linear_layer()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Linear(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Linear(1, 0));
    }
}
