using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Tests.Layers;

public sealed class DropoutTests
{
    const int Count = 20_000;

    static float[] Drop(Layer layer, StepInfo step)
    {
        using var scope = new Tape().Open(step);
        return layer.Forward(Tensor.Ones([1, Count])).ToArray<float>();
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void Dropout_keeps_the_mean(double rate)
    {
        float[] y = Drop(new Dropout(rate), new(Mode.Training, 1, 1));
        // Five standard errors of the share of numbers that stay.
        Assert.Equal(1, y.Average(), 5 * Math.Sqrt(rate / (1 - rate) / Count));
        Assert.Equal(rate, y.Count(v => v == 0) / (double)Count, 5 * Math.Sqrt(rate * (1 - rate) / Count));
    }

    public static TheoryData<Layer> Random =>
        [new Dropout(0.5), new SpatialDropout(0.5), new MultiHeadAttention(4, 2, dropout: 0.5),
        new Lstm(4, 4, 2, dropout: 0.5)];

    [Theory]
    [MemberData(nameof(Random))]
    public void A_layer_that_runs_twice_in_a_step_drops_others_the_second_time(Layer layer)
    {
        Tensor x = Tensor.Of([.. Enumerable.Range(0, 4 * 64).Select(i => MathF.Sin(i))], [4, 16, 4]);
        float[][] Twice()
        {
            using Tape.Scope step = new Tape().Open(new(Mode.Training, 1, 5));
            return [layer.Forward(x).ToArray<float>(), layer.Forward(x).ToArray<float>()];
        }
        float[][] first = Twice();
        Assert.NotEqual(first[0], first[1]);
        Assert.Equal(first, Twice());
    }

    [Fact]
    public void Dropout_does_nothing_in_inference_and_outside_steps()
    {
        Assert.All(Drop(new Dropout(0.5), new(Mode.Inference, 1, 1)), v => Assert.Equal(1, v));
        Assert.All(new Dropout(0.5).Forward(Tensor.Ones([100])).ToArray<float>(), v => Assert.Equal(1, v));
    }

    [Fact]
    public void What_is_dropped_depends_on_seed_step_and_path_alone()
    {
        var first = new Sequential(new Dropout(0.5));
        var other = new Sequential(new Identity(), new Dropout(0.5));
        float[] y = Drop(first, new(Mode.Training, 1, 5));
        Assert.Equal(y, Drop(new Sequential(new Dropout(0.5)), new(Mode.Training, 1, 5)));
        Assert.NotEqual(y, Drop(first, new(Mode.Training, 1, 6)));
        Assert.NotEqual(y, Drop(first, new(Mode.Training, 2, 5)));
        Assert.NotEqual(y, Drop(other, new(Mode.Training, 1, 5)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_rate_that_is_no_share_is_refused(double rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout(rate));
}
