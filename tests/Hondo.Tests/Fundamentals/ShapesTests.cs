using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Tests.Fundamentals;

/// <summary>Worked examples 4.1 and 4.13: a linear model as a matrix product, and the shapes of a network.</summary>
public sealed class ShapesTests
{
    [Fact]
    public void A_linear_model_is_a_matrix_product()
    {
        var model = new Linear(2, 1, bias: false);
        model.Weight.Set(Tensor.Of(new[,] { { 2f, 1f } }));
        Tensor x = Tensor.Of(new[,] { { 1f, 1 }, { 0, 1 }, { 2, 1 }, { 1, 1 } });
        Assert.Equal([3, 1, 5, 3], model.Forward(x).ToArray<float>());
    }

    [Fact]
    public void One_hidden_layer_has_the_shapes_of_the_course()
    {
        const int n = 7, h = 5;
        var model = new Sequential(new Linear(n, h), new Sigmoid(), new Linear(h, 1));
        Assert.Equal([[h, n], [h], [1, h], [1]], model.Parameters.Select(p => p.Shape));
    }

    [Fact]
    public void An_MNIST_image_flattens_to_784() =>
        Assert.Equal([64, 784], new Flatten().Forward(Tensor.Zeros([64, 28, 28, 1])).Shape);
}
