using Hondo.Losses;
using Hondo.Tensors;

namespace Hondo.Tests.Fundamentals;

/// <summary>Worked example 4.4: cross-entropy of a batch.</summary>
public sealed class CrossEntropyTests
{
    static readonly double[,] Probabilities =
    {
        { .3792, .3104, .3104 }, { .3072, .4147, .2780 }, { .4263, .2248, .3490 }, { .2668, .2978, .4354 },
    };

    static readonly int[] Classes = [0, 1, 2, 2];

    // Softmax undoes the logarithm: ln p are scores of the probabilities p.
    static Tensor Scores(double[,] probabilities)
    {
        var scores = (double[,])probabilities.Clone();
        for (int row = 0; row < scores.GetLength(0); row++)
            for (int k = 0; k < scores.GetLength(1); k++)
                scores[row, k] = Math.Log(scores[row, k]);
        return Tensor.Of(scores);
    }

    [Fact]
    public void The_mean_is_that_of_the_course() => Assert.Equal(
        0.9335, new CrossEntropy().Compute(Scores(Probabilities), Tensor.Of(Classes)).Item, 5e-4);

    [Theory]
    [InlineData(0, 0.96969)]
    [InlineData(1, 0.88020)]
    [InlineData(2, 1.05268)]
    [InlineData(3, 0.83149)]
    public void Each_row_is_that_of_the_course(int row, double loss)
    {
        double[,] one = { { Probabilities[row, 0], Probabilities[row, 1], Probabilities[row, 2] } };
        Assert.Equal(loss, new CrossEntropy().Compute(Scores(one), Tensor.Of([Classes[row]])).Item, 5e-4);
    }

    [Fact]
    public void One_row_of_four_classes_is_that_of_the_course() => Assert.Equal(
        1.6094, new CrossEntropy().Compute(Scores(new[,] { { .3, .2, .1, .4 } }), Tensor.Of([1])).Item, 5e-4);
}
