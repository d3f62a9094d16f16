using Hondo.Layers;
using Hondo.Losses;
using Hondo.Models;
using Hondo.Optimizers;
using Hondo.Tensors;

namespace Hondo.Tests.Fundamentals;

/// <summary>The first models of the lineage, and worked examples 4.6 and 4.7.</summary>
public sealed class LineageTests
{
    static readonly double[][] Corners = [[0, 0], [0, 1], [1, 0], [1, 1]];

    static (double[] X, int Y)[] Gate(params int[] answers) => [.. Corners.Zip(answers)];

    [Fact]
    public void Gates_of_McCulloch_and_Pitts_fire_as_logic_does()
    {
        Assert.Equal([0, 0, 0, 1], Corners.Select(x => McCullochPitts.And.Fire(x)));
        Assert.Equal([0, 1, 1, 1], Corners.Select(x => McCullochPitts.Or.Fire(x)));
        Assert.Equal([1, 0], new[] { 0.0, 1 }.Select(x => McCullochPitts.Not.Fire(x)));
    }

    [Theory]
    [InlineData(new[] { 0, 0, 1, 0 }, new[] { 1, -0.5 })]
    [InlineData(new[] { 0, 1, 0, 0 }, new[] { -0.5, 1 })]
    [InlineData(new[] { 0, 1, 1, 1 }, new[] { 1.0, 1 })]
    public void A_perceptron_learns_a_gate_with_the_weights_of_the_course(int[] answers, double[] weights)
    {
        var perceptron = new Perceptron([1, 1], threshold: 1) { LearningRate = 1.5 };
        Assert.True(perceptron.Fit(Gate(answers)) > 0);
        Assert.Equal(weights, perceptron.Weights.ToArray());
    }

    [Fact]
    public void Xor_is_an_or_of_two_learned_gates()
    {
        Perceptron onlyFirst = Learned(0, 0, 1, 0), onlySecond = Learned(0, 1, 0, 0), or = Learned(0, 1, 1, 1);
        Assert.Equal([0, 1, 1, 0], Corners.Select(x => or.Predict(onlyFirst.Predict(x), onlySecond.Predict(x))));

        static Perceptron Learned(params int[] answers)
        {
            var perceptron = new Perceptron([1, 1], threshold: 1) { LearningRate = 1.5 };
            perceptron.Fit(Gate(answers));
            return perceptron;
        }
    }

    [Fact]
    public void One_perceptron_cannot_learn_xor() =>
        Assert.Equal(-1, new Perceptron(2).Fit(Gate(0, 1, 1, 0), epochs: 1000));

    [Fact]
    public void Two_layers_learn_xor_from_any_seed()
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            var model = new Sequential(new Linear(2, 8), new Tanh(), new Linear(8, 2));
            model.Initialize(seed);
            var optimizer = new Adam(model.Parameters, 0.05);
            for (int i = 0; i < 300; i++)
            {
                using var step = Tape.Begin();
                Tensor scores = model.Forward(Tensor.Of([0f, 0, 0, 1, 1, 0, 1, 1], [4, 2]));
                new CrossEntropy().Compute(scores, Tensor.Of([0, 1, 1, 0])).Backward();
                optimizer.Step();
            }
            float[] y = model.Forward(Tensor.Of([0f, 0, 0, 1, 1, 0, 1, 1], [4, 2])).ToArray<float>();
            Assert.Equal([false, true, true, false], Enumerable.Range(0, 4).Select(row => y[2 * row + 1] > y[2 * row]));
        }
    }

    [Theory]
    [InlineData(3, 2.5369, 0.0346)]
    [InlineData(30, 2.2674, 0.0515)]
    public void Adaline_descends_as_the_course_does_by_hand(int samples, double w, double b)
    {
        var adaline = new Adaline(inputs: 1, learningRate: 0.0001);
        adaline.Fit([([50], 150), ([80], 200), ([120], 280)], epochs: samples / 3);
        Assert.Equal(w, adaline.Weights[0], 5e-4);
        Assert.Equal(b, adaline.Bias, 5e-4);
    }

    [Fact]
    public void No_line_is_better_than_that_of_the_closed_form_and_descent_finds_it()
    {
        double[] x = [0.5, 0.8, 1.2], y = [1.5, 2.0, 2.8];
        var closed = SimpleLinearRegression.ClosedForm(x, y);
        var descended = SimpleLinearRegression.Descent(x, y, learningRate: 0.5, steps: 5000);
        Assert.Equal(closed.Slope, descended.Slope, 1e-9);
        Assert.Equal(closed.Intercept, descended.Intercept, 1e-9);
        Assert.True(closed.Loss(x, y) < (closed with { Slope = closed.Slope + 1e-3 }).Loss(x, y));
        Assert.True(closed.Loss(x, y) < (closed with { Intercept = closed.Intercept - 1e-3 }).Loss(x, y));
    }
}
