using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Fundamentals;

/// <summary>Worked examples 4.9 and 4.10: gates and their gradients.</summary>
public sealed class GatesTests
{
    static Tensor Input(double value) => Tape.Watch(Tensor.Scalar(value));

    [Fact]
    public void A_sum_times_a_number()
    {
        using var step = Tape.Begin();
        Tensor x = Input(-2), y = Input(5), z = Input(-4), q = x + y, f = q * z;
        f.Backward(BackwardOptions.KeepAll);
        Assert.Equal((3, -12), (q.Item, f.Item));
        Assert.Equal([3, -4, -4, -4], new[] { z, q, x, y }.Select(gate => gate.Gradient.Item));
    }

    [Fact]
    public void A_product_hands_each_factor_the_other_one_times_what_comes_from_above()
    {
        using var step = Tape.Begin();
        Tensor x = Input(3), y = Input(-7), above = Tensor.Scalar(2.0);
        (x * y * above).Backward();
        Assert.Equal((-14, 6), (x.Gradient.Item, y.Gradient.Item));
    }

    [Fact]
    public void A_constant_factor_multiplies_what_comes_from_above()
    {
        using var step = Tape.Begin();
        Tensor x = Input(3), y = x * 2.5;
        (y * 4).Backward();
        Assert.Equal((7.5, 10), (y.Item, x.Gradient.Item));
    }

    [Theory]
    [InlineData(1, 1, 2, 2)]
    [InlineData(3, -2, -12, 10)]
    public void A_gradient_of_two_variables(double atX, double atY, double dx, double dy)
    {
        using var step = Tape.Begin();
        Tensor x = Input(atX), y = Input(atY);
        (x * x * y + y).Backward();
        Assert.Equal((dx, dy), (x.Gradient.Item, y.Gradient.Item));
    }
}
