using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Fundamentals;

/// <summary>Worked example 4.14: batch normalisation's formula, from its parts.</summary>
public sealed class StandardizationTests
{
    const double Epsilon = 1e-5;

    static Tensor Normalized(Tensor x, Tensor gamma, Tensor beta)
    {
        Tensor centred = x - x.Mean(0, keepDims: true);
        Tensor variance = centred.Square().Mean(0, keepDims: true);
        return gamma * (centred / (variance + Epsilon).Sqrt()) + beta;
    }

    [Fact]
    public void The_variance_is_the_biased_one()
    {
        Tensor y = Normalized(Tensor.Of([1.0, 2, 3, 6], [4, 1]), Tensor.Of([1.0]), Tensor.Of([0.0]));
        // μ = 3, σ² = (4 + 1 + 0 + 9) / 4 = 3.5
        double[] expected = [.. new[] { -2.0, -1, 0, 3 }.Select(d => d / Math.Sqrt(3.5 + Epsilon))];
        for (int i = 0; i < 4; i++)
            Assert.Equal(expected[i], y[i, 0], 1e-12);
    }

    [Fact]
    public void Gamma_scales_and_beta_shifts()
    {
        Tensor y = Normalized(Tensor.Of([1.0, 2, 3, 6], [4, 1]), Tensor.Of([2.0]), Tensor.Of([5.0]));
        Assert.Equal(5, y.Mean().Item, 1e-12);
        Assert.Equal(4, (y - 5).Square().Mean().Item, 1e-4);
    }
}
