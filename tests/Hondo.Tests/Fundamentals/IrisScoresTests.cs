using Hondo.Layers;
using Hondo.Losses;
using Hondo.Tensors;

namespace Hondo.Tests.Fundamentals;

/// <summary>Worked example 4.3: scores of one iris.</summary>
public sealed class IrisScoresTests
{
    static Tensor Scores()
    {
        var model = new Linear(4, 3);
        model.Weight.Set(Tensor.Of(new[,]
        {
            { -0.4f, -0.1f, -2.1f, 1.6f }, { -1.8f, -0.8f, 0.5f, -1.2f }, { -1.1f, -0.9f, 0.6f, 2.3f },
        }));
        model.Bias!.Set(Tensor.Of([1.8f, 0.4f, 0.1f]));
        return model.Forward(Tensor.Of(new[,] { { 4.6f, 3.6f, 1.0f, 0.2f } }));
    }

    [Fact]
    public void Scores_are_those_of_the_course()
    {
        double[] expected = [-2.18, -10.5, -7.14], actual = Scores().ToArray<double>();
        for (int k = 0; k < 3; k++)
            Assert.Equal(expected[k], actual[k], 5e-4);
    }

    [Theory]
    [InlineData(0, 0.00723)]
    [InlineData(1, 8.32723)]
    [InlineData(2, 4.96723)]
    public void Cross_entropies_are_those_of_the_course(int species, double loss) =>
        Assert.Equal(loss, new CrossEntropy().Compute(Scores(), Tensor.Of([species])).Item, 5e-4);
}
