using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Tests.Layers;

public sealed class ActivationLayerTests
{
    // At x = −1, 0 and 2, from the formulas.
    public static TheoryData<Layer, double, double, double> Values => new()
    {
        { new Relu(), 0, 0, 2 },
        { new Relu6(), 0, 0, 2 },
        { new LeakyRelu(), -0.01, 0, 2 },
        { new LeakyRelu(0.1), -0.1, 0, 2 },
        { new PRelu(), -0.25, 0, 2 },
        { new Sigmoid(), 0.268941421, 0.5, 0.880797078 },
        { new Tanh(), -0.761594156, 0, 0.964027580 },
        { new Elu(), -0.632120559, 0, 2 },
        { new Elu(0.5), -0.316060279, 0, 2 },
        { new Celu(2), -0.786938681, 0, 2 },
        { new Selu(), -1.111330738, 0, 2.101401974 },
        { new Gelu(), -0.158655254, 0, 1.954499736 },
        { new GeluTanh(), -0.158808010, 0, 1.954597694 },
        { new Silu(), -0.268941421, 0, 1.761594156 },
        { new Mish(), -0.303401461, 0, 1.943958966 },
        { new Softplus(), 0.313261688, 0.693147181, 2.126928011 },
        { new Softplus(2), 0.063464006, 0.346573590, 2.009074964 },
        { new Softsign(), -0.5, 0, 0.666666667 },
        { new LogSigmoid(), -1.313261688, -0.693147181, -0.126928011 },
        { new HardSigmoid(), 0.333333333, 0.5, 0.833333333 },
        { new HardSwish(), -0.333333333, 0, 1.666666667 },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Activations_are_their_formulas(Layer layer, double atMinusOne, double atZero, double atTwo)
    {
        double[] y = layer.To(DType.Float64).Forward(Tensor.Of(new[,] { { -1.0, 0, 2 } })).ToArray<double>();
        Assert.Equal(atMinusOne, y[0], 1e-8);
        Assert.Equal(atZero, y[1], 1e-8);
        Assert.Equal(atTwo, y[2], 1e-8);
    }

    [Fact]
    public void PRelu_learns_one_slope_for_each_channel()
    {
        var layer = new PRelu(channels: 2);
        layer.Slope.Set(Tensor.Of([0.5f, 0.1f]));
        Assert.Equal([-0.5f, -0.1f], layer.Forward(Tensor.Of([-1f, -1f], [1, 2])).ToArray<float>());
    }

    [Fact]
    public void PRelu_refuses_another_number_of_channels()
    {
        var error = Assert.Throws<ShapeException>(() => new PRelu(3).Forward(Tensor.Zeros([4, 5])));
        Assert.Equal("PRelu: PRelu(channels: 3) needs 3 channels on the last axis, but got [batch 4, features 5]. "
            + "Make it PRelu() to learn one slope for all.", error.Message);
    }
}
