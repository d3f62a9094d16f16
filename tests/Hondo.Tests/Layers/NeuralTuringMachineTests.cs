using Hondo.Autograd;
using Hondo.Kernels;
using Hondo.Layers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Layers;

public sealed class NeuralTuringMachineTests
{
    const int Steps = 5;

    static Tensor Input(int batch, int features) => Tensor.Of([.. Enumerable.Range(0, batch * Steps * features)
        .Select(i => (float)Math.Sin(1 + i * 1.7))], [batch, Steps, features]);

    [Theory, Trait("Category", "GradCheck")]
    [InlineData(NtmController.Lstm)]
    [InlineData(NtmController.FeedForward)]
    public void Gradients_through_five_steps_of_two_heads_equal_finite_differences(NtmController controller)
    {
        var layer = new NeuralTuringMachine(1, 2, controller, rows: 16, width: 2, reads: 1, writes: 2);
        // Weights as drawn look everywhere alike: larger ones make heads choose.
        layer.Initialize(3);
        foreach (Parameter parameter in layer.Parameters)
            parameter.Set(parameter.Value * 2);
        GradientReport report = Gradient.Check(layer, Input(1, 1).To(DType.Float64));
        Assert.True(report.IsWithin(1e-7), report.ToString());
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        int before = Workers.Count;
        try
        {
            Workers.Count = 1;
            float[] alone = Run();
            Workers.Count = 4;
            Assert.Equal(alone, Run());
        }
        finally
        {
            Workers.Count = before;
        }
    }

    [Fact]
    public void A_sequence_gives_the_same_alone_and_among_others()
    {
        var layer = new NeuralTuringMachine(3, 8, rows: 32, width: 4, reads: 2);
        Tensor x = Input(20, 3), y = layer.Forward(x);
        Assert.Equal(layer.Forward(x.SliceAxis(0, 11..12)).ToArray<float>(), y.SliceAxis(0, 11..12).ToArray<float>());
    }

    [Fact]
    public void The_weights_of_a_head_are_shares_of_one_at_every_step()
    {
        var layer = new NeuralTuringMachine(2, 8, rows: 32, width: 4, reads: 2, writes: 2);
        NtmTrace trace = layer.Trace(Input(1, 2));
        for (int step = 0; step < Steps; step++)
            for (int head = 0; head < 4; head++)
            {
                double[] weights = [.. Enumerable.Range(0, 32).Select(at => (double)trace.Weight(step, head, at))];
                Assert.All(weights, weight => Assert.InRange(weight, 0, 1.00001));
                Assert.Equal(1, weights.Sum(), 1e-5);
            }
    }

    [Fact]
    public void Reading_is_the_memory_before_the_step_seen_through_the_weights()
    {
        var layer = new NeuralTuringMachine(2, 8, rows: 32, width: 4);
        NtmTrace trace = layer.Trace(Input(1, 2));
        float[] y = layer.Forward(Input(1, 2)).ToArray<float>();
        for (int step = 1; step < Steps; step++)
            for (int number = 0; number < 4; number++)
                Assert.Equal(Enumerable.Range(0, 32).Sum(place => trace.Weight(step, 0, place)
                    * trace.Cell(step - 1, place, number)), y[step * 12 + 8 + number], 1e-5f);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void A_memory_that_is_no_multiple_of_16_is_refused(int rows) => Assert.Contains("multiple of 16",
        Assert.Throws<ArgumentException>(() => new NeuralTuringMachine(2, rows: rows)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void An_input_of_other_features_is_refused_by_name() => Assert.Contains("features 3",
        Assert.Throws<ShapeException>(() => new NeuralTuringMachine(3).Forward(Input(1, 2))).Message,
        StringComparison.Ordinal);

    static float[] Run()
    {
        var layer = new NeuralTuringMachine(3, 8, rows: 32, width: 4, writes: 2);
        using var step = new Tape().Open(new StepInfo(Mode.Training, 1, 1));
        Tensor y = layer.Forward(Input(20, 3));
        y.Square().Sum().Backward();
        return [.. y.ToArray<float>(), .. layer.Parameters.SelectMany(p => p.Gradient.ToArray<float>())];
    }
}
