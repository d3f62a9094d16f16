using Hondo.Ops;
using Hondo.Tensors;
using CrossEntropy = Hondo.Losses.CrossEntropy;

namespace Hondo.Tests.Fundamentals;

/// <summary>Worked examples 4.2 and 4.11: softmax and its derivatives.</summary>
public sealed class SoftmaxTests
{
    static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance);
    }

    [Fact]
    public void Softmax_is_that_of_the_course() => AssertClose(
        [0.0474, 0.0003, 0.9523], Tensor.Of([3.0, -2, 6]).Softmax().ToArray<double>(), 5e-4);

    [Fact]
    public void Hardmax_is_1_at_the_largest_score()
    {
        Tensor x = Tensor.Of([3.0, -2, 6]);
        Assert.Equal([0, 0, 1], Enumerable.Range(0, 3).Select(k => k == (int)x.ArgMax(0).Item ? 1 : 0));
    }

    [Fact]
    public void Probabilities_of_the_iris_are_those_of_the_course()
    {
        double[] p = Tensor.Of([-2.18, -10.5, -7.14]).Softmax().ToArray<double>();
        AssertClose([0.99280, 0.00024, 0.00696], p, 5e-5);
        AssertClose([0.00723, 8.32723, 4.96723], [.. p.Select(share => -Math.Log(share))], 5e-4);
    }

    [Fact]
    public void Derivatives_are_a_times_1_minus_a_and_minus_the_product()
    {
        double[] a = Tensor.Of([0.3, -1.2, 2]).Softmax().ToArray<double>();
        for (int i = 0; i < 3; i++)
        {
            using var step = Tape.Begin();
            Tensor z = Tape.Watch(Tensor.Of([0.3, -1.2, 2]));
            (z.Softmax() * Tensor.Of([i == 0 ? 1.0 : 0, i == 1 ? 1.0 : 0, i == 2 ? 1.0 : 0])).Sum().Backward();
            AssertClose([.. Enumerable.Range(0, 3).Select(k => k == i ? a[i] * (1 - a[i]) : -a[i] * a[k])],
                z.Gradient.ToArray<double>(), 1e-12);
        }
    }

    [Fact]
    public void With_cross_entropy_the_gradients_are_those_of_A_minus_Y()
    {
        double[,] features = { { 1, -0.5 }, { 0.2, 2 }, { -1, 1 } };
        int[] labels = [2, 0, 1];
        using var step = Tape.Begin();
        Tensor x = Tensor.Of(features), w = Tape.Watch(Tensor.Of(new[,] { { 0.1, -0.4, 0.3 }, { 0.5, 0.2, -0.6 } }));
        Tensor b = Tape.Watch(Tensor.Of([0.1, 0, -0.1])), z = x.MatMul(w) + b;
        double[] a = z.Softmax().ToArray<double>();
        new CrossEntropy(reduce: Reduce.Sum).Compute(z, Tensor.Of(labels)).Backward(BackwardOptions.KeepAll);
        double[] difference = [.. a.Select((share, i) => share - (labels[i / 3] == i % 3 ? 1 : 0))];
        AssertClose(difference, z.Gradient.ToArray<double>(), 1e-12);
        AssertClose([.. from f in Enumerable.Range(0, 2)
                        from k in Enumerable.Range(0, 3)
                        select Enumerable.Range(0, 3).Sum(row => features[row, f] * difference[(row * 3) + k])],
            w.Gradient.ToArray<double>(), 1e-12);
        AssertClose([.. from k in Enumerable.Range(0, 3)
                        select Enumerable.Range(0, 3).Sum(row => difference[(row * 3) + k])],
            b.Gradient.ToArray<double>(), 1e-12);
    }
}
