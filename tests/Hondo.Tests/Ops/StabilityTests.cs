using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Ops;

/// <summary>Extreme inputs: a result whose true value is finite is finite, and near it.</summary>
[Trait("Category", "Stability")]
public sealed class StabilityTests
{
    static readonly float[] Grid = [0, 1e-30f, -1e-30f, 1, -1, 88, -88, 104, -104, 1e4f, -1e4f, 3e38f, -3e38f];

    // A sum of exponentials near 1 is rounded to float32 before its logarithm is taken.
    const double RoundingOfSum = 6e-8;

    public static TheoryData<float, float> Pairs
    {
        get
        {
            var pairs = new TheoryData<float, float>();
            foreach (float a in Grid)
                foreach (float b in Grid)
                    pairs.Add(a, b);
            return pairs;
        }
    }

    [Theory, MemberData(nameof(Pairs))]
    public void Softmax_and_its_logarithm_are_right_for_any_two_scores(float a, float b)
    {
        Tensor x = Tensor.Of([a, b]);
        double most = Math.Max((double)a, b), sum = Math.Exp(a - most) + Math.Exp(b - most);
        Near(Math.Exp(a - most) / sum, x.Softmax()[0]);
        Near(a - most - Math.Log(sum), x.LogSoftmax()[0], RoundingOfSum);
        Near(most + Math.Log(sum), x.LogSumExp().Item);
        Tensor row = x.Reshape([1, 2]);
        Near(most + Math.Log(sum) - b, row.CrossEntropy(Tensor.Of([1])).Item, RoundingOfSum);
        Near(most + Math.Log(sum) - b, row.CrossEntropy(Tensor.Of([0f, 1], [1, 2])).Item, RoundingOfSum);
    }

    [Theory, MemberData(nameof(Pairs))]
    public void Attention_is_right_for_any_two_scores(float a, float b)
    {
        double most = Math.Max((double)a, b);
        Parameter key = Parameter.Of(Tensor.Of([a, b], [1, 2, 1]));
        using var step = new Tape().Open(new StepInfo(Mode.Training, 1, 1));
        Tensor y = Tensor.Of([1f], [1, 1, 1]).Attention(key, Tensor.Of([1f, 0], [1, 2, 1]), heads: 1);
        y.Sum().Backward();
        Near(Math.Exp(a - most) / (Math.Exp(a - most) + Math.Exp(b - most)), y.Item);
        Assert.All(key.Gradient.ToArray<float>(), g => Assert.InRange(g, -1, 1));
    }

    public static TheoryData<float> Numbers => [.. Grid];

    [Theory, MemberData(nameof(Numbers))]
    public void Functions_of_one_number_are_right_for_any_score(float value)
    {
        // 1 + e⁻⁴⁰ is 1 in double precision too.
        double x = value, e = Math.Exp(-Math.Abs(x)), away = Math.Abs(x) > 30 ? e : Math.Log(1 + e);
        Tensor t = Tensor.Of([value]);
        Near(1 / (1 + Math.Exp(-x)), t.Sigmoid().Item);
        Near(Math.Max(x, 0) + away, t.Softplus().Item);
        Near(Math.Min(x, 0) - away, t.LogSigmoid().Item);
        Near(Math.Tanh(x), t.Tanh().Item);
        Near(Math.Max(x, 0) + away, t.BinaryCrossEntropy(Tensor.Of([0f])).Item);
        Near(Math.Max(-x, 0) + away, t.BinaryCrossEntropy(Tensor.Of([1f])).Item);
    }

    [Theory, MemberData(nameof(Pairs))]
    public void Gradients_of_losses_stay_finite(float a, float b)
    {
        Parameter scores = Parameter.Of(Tensor.Of([a, b], [1, 2]));
        using (new Tape().Open(new StepInfo(Mode.Training, 1, 1)))
            scores.Value.CrossEntropy(Tensor.Of([0])).Backward();
        Assert.All(scores.Gradient.ToArray<float>(), g => Assert.InRange(g, -1, 1));
        using (new Tape().Open(new StepInfo(Mode.Training, 1, 1)))
            scores.Value.BinaryCrossEntropy(Tensor.Of([0f, 1], [1, 2])).Backward();
        Assert.All(scores.Gradient.ToArray<float>(), g => Assert.InRange(g, -1, 1));
    }

    [Fact]
    public void Sums_of_ten_million_numbers_keep_six_digits()
    {
        const int count = 10_000_000;
        var values = new float[count];
        double sum = 0, squares = 0;
        for (int i = 0; i < count; i++)
            sum += values[i] = (float)(0.1 + i % 1000 * 1e-4);
        foreach (float value in values)
            squares += (value - sum / count) * (value - sum / count);
        Tensor x = Tensor.Of(values);
        Assert.Equal(1, x.Sum().Item / sum, 1e-6);
        Assert.Equal(1, x.Mean().Item / (sum / count), 1e-6);
        Assert.Equal(1, x.Var().Item / (squares / (count - 1)), 1e-6);
    }

    // Four units in the last place, and what float32 cannot hold at all.
    static void Near(double expected, double actual, double absolute = 1.5e-45)
    {
        if (Math.Abs(expected) > float.MaxValue)
            return;
        double allowed = Math.Max(Math.Abs(expected) * 4 * 1.2e-7, absolute);
        Assert.True(Math.Abs(expected - actual) <= allowed, $"{actual:R} instead of {expected:R}");
    }
}
