using Hondo.Optimizers;
using Hondo.Tensors;

namespace Hondo.Tests.Optimizers;

/// <summary>How the courses' forms of optimizers and the field's relate.</summary>
public sealed class FormulaTests
{
    static readonly double[][] Gradients =
        [.. Enumerable.Range(0, 12).Select(step => new[] { Math.Sin(step), 0.1 * step, -1 })];

    static double[] Run(Func<Parameter[], Optimizer> make, int steps = 12)
    {
        Parameter w = Parameter.Of(Tensor.Of([1.0, 2, 3]));
        Optimizer optimizer = make([w]);
        for (int step = 0; step < steps; step++)
        {
            Gradients[step].CopyTo(optimizer.Slab.Gradients<double>());
            w.Leaf.HasFreshGradient = true;
            optimizer.Step();
        }
        return w.Value.ToArray<double>();
    }

    static void AssertClose(double[] expected, double[] actual, double tolerance = 1e-12)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance);
    }

    [Fact]
    public void The_courses_momentum_is_the_classical_one_at_a_smaller_rate() => AssertClose(
        Run(p => new Momentum(p, 0.1 * (1 - 0.9), 0.9)), Run(p => new MovingAverageMomentum(p, 0.1, 0.9)));

    [Fact]
    public void Momentum_without_memory_is_plain_descent()
    {
        double[] plain = Run(p => new Sgd(p, 0.1));
        AssertClose(plain, Run(p => new Momentum(p, 0.1, 0)));
        AssertClose(plain, Run(p => new MovingAverageMomentum(p, 0.1, 0)));
        AssertClose(plain, Run(p => new Nesterov(p, 0.1, 0)));
    }

    [Theory]
    [InlineData(0.9, 10)]
    [InlineData(0.98, 50)]
    [InlineData(0.5, 2)]
    public void A_moving_average_looks_back_over_about_1_over_1_minus_beta_steps(double beta, int window)
    {
        // After a jump from 0 to 1 the average reaches 1 − 1/e within the window.
        double average = 0;
        for (int step = 0; step < window; step++)
            average = (beta * average) + (1 - beta);
        Assert.Equal(1 - (1 / Math.E), average, 0.12);
        Assert.Equal(1 - Math.Pow(beta, window), average, 1e-12);
    }

    [Fact]
    public void The_courses_Adam_has_no_bias_correction()
    {
        double[] w = [1, 2, 3], m = new double[3], v = new double[3];
        foreach (double[] g in Gradients)
            for (int i = 0; i < 3; i++)
            {
                m[i] = (0.9 * m[i]) + (0.1 * g[i]);
                v[i] = (0.999 * v[i]) + (0.001 * g[i] * g[i]);
                w[i] -= 0.01 * m[i] / (Math.Sqrt(v[i]) + 1e-8);
            }
        AssertClose(w, Run(p => new AdamUncorrected(p, 0.01)));
    }

    [Fact]
    public void Adams_first_step_is_the_rate_whatever_the_size_of_the_gradient() =>
        AssertClose([1, 2, 3 + 0.01], Run(p => new Adam(p, 0.01), steps: 1), 1e-6);

    [Fact]
    public void The_uncorrected_Adams_first_step_is_three_times_as_long() =>
        AssertClose([1, 2, 3 + (0.01 * 0.1 / Math.Sqrt(0.001))], Run(p => new AdamUncorrected(p, 0.01), steps: 1),
            1e-6);

    [Fact]
    public void AdamW_without_decay_is_Adam() =>
        Assert.Equal(Run(p => new Adam(p, 0.01)), Run(p => new AdamW(p, 0.01, weightDecay: 0)));

    [Fact]
    public void Float32_steps_are_the_rounded_float64_ones()
    {
        Parameter w = Parameter.Of(Tensor.Of([1f, 2, 3]));
        var optimizer = new Adam([w], 0.01);
        foreach (double[] g in Gradients)
        {
            for (int i = 0; i < 3; i++)
                optimizer.Slab.Gradients<float>()[i] = (float)g[i];
            w.Leaf.HasFreshGradient = true;
            optimizer.Step();
        }
        AssertClose(Run(p => new Adam(p, 0.01)), w.Value.ToArray<double>(), 2e-6);
    }
}
