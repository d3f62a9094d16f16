using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Tests.Layers;

public sealed class ShapeLayerTests
{
    [Fact]
    public void Flatten_keeps_the_batch_axis()
    {
        Assert.Equal([2, 12], new Flatten().Forward(Tensor.Zeros([2, 2, 3, 2])).Shape);
        Assert.Equal([5, 1], new Flatten().Forward(Tensor.Zeros([5])).Shape);
    }

    [Fact]
    public void Reshape_keeps_the_batch_axis_and_the_order_of_the_numbers()
    {
        Tensor y = new Reshape(3, 2).Forward(Tensor.Of([1f, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [2, 6]));
        Assert.Equal([2, 3, 2], y.Shape);
        Assert.Equal(9, y[1, 1, 0]);
    }

    [Fact]
    public void Reshape_finds_one_open_axis() =>
        Assert.Equal([2, 3, 4], new Reshape(-1, 4).Forward(Tensor.Zeros([2, 12])).Shape);

    [Fact]
    public void Reshape_refuses_rows_of_another_size()
    {
        var error = Assert.Throws<ShapeException>(() => new Reshape(28, 28, 1).Forward(Tensor.Zeros([4, 700])));
        Assert.Equal("Reshape: Reshape(28, 28, 1) makes rows of 784 numbers, but got [batch 4, features 700], "
            + "whose rows have 700.", error.Message);
    }

    [Fact]
    public void Flatten_undoes_reshape()
    {
        Tensor x = Tensor.Of([1f, 2, 3, 4, 5, 6], [1, 6]);
        Assert.Equal(x.ToArray<float>(), new Sequential(new Reshape(2, 3), new Flatten()).Forward(x).ToArray<float>());
    }

    [Fact]
    public void Residual_adds_the_input_to_the_bodys_output()
    {
        var doubled = new Residual(new Identity());
        Assert.Equal([2, 4], doubled.Forward(Tensor.Of([1f, 2f])).ToArray<float>());
        Assert.Equal("Residual(Linear(2, 3), shortcut: Linear(2, 3))",
            new Residual(new Linear(2, 3), new Linear(2, 3)).ToString());
    }

    [Fact]
    public void Residual_says_when_a_shortcut_is_missing()
    {
        var error = Assert.Throws<ShapeException>(() => new Residual(new Linear(2, 3)).Forward(Tensor.Zeros([4, 2])));
        Assert.Contains("adds [batch 4, features 2] to [batch 4, features 3]: give it a shortcut", error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_users_function_is_a_layer_that_prints_its_code()
    {
        var layer = new Function(x => x);
        Assert.Equal("Function(x => x)", layer.ToString());
        Assert.Equal([3], layer.Forward(Tensor.Of([3f])).ToArray<float>());
    }
}
