using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Tests.Fundamentals;

/// <summary>Worked example 4.12 and why non-linearities are needed: linear layers collapse into one.</summary>
public sealed class CollapseTests
{
    static Linear Line(float slope, float intercept)
    {
        var line = new Linear(1, 1);
        line.Weight.Set(Tensor.Of([slope], [1, 1]));
        line.Bias!.Set(Tensor.Of([intercept]));
        return line;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-7.5f)]
    public void Two_lines_are_one(float x)
    {
        var two = new Sequential(Line(2, 10), Line(3, -5));
        Assert.Equal((6 * x) + 25, two.Forward(Tensor.Of([x], [1, 1])).Item, 1e-5);
    }

    [Fact]
    public void Two_linear_layers_equal_the_one_whose_weights_are_their_product()
    {
        var first = new Linear(3, 5);
        var second = new Linear(5, 2);
        Layer two = new Sequential(first, second).Initialize(1).To(DType.Float64);
        first.Bias!.Set(Tensor.Of([0.1, 0.2, 0.3, 0.4, 0.5]));
        var one = new Linear(3, 2);
        one.To(DType.Float64);
        Tensor shift = second.Forward(first.Bias!.Value);
        one.Bias!.Set(shift);
        var product = new double[6];
        for (int row = 0; row < 2; row++)
            for (int column = 0; column < 3; column++)
                for (int k = 0; k < 5; k++)
                    product[(row * 3) + column] += second.Weight.Value[row, k] * first.Weight.Value[k, column];
        one.Weight.Set(Tensor.Of(product, [2, 3]));
        Tensor x = Tensor.Of(new[,] { { 1.0, -2, 3 }, { 0.5, 0, -1 } });
        double[] expected = one.Forward(x).ToArray<double>(), actual = two.Forward(x).ToArray<double>();
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-12);
    }
}
