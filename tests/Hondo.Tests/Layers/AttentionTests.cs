using Hondo.Autograd;
using Hondo.Kernels;
using Hondo.Layers;
using Hondo.Ops;
using Hondo.Serialization;
using Hondo.Tensors;
using Hondo.Tests.Kernels;

namespace Hondo.Tests.Layers;

[Collection(nameof(WorkersTests))]
public sealed class AttentionTests
{
    static Tensor Random(Shape shape, int seed = 0) =>
        Tensor.Of([.. Enumerable.Range(0, shape.Size).Select(i => (float)Math.Sin(i * 1.7 + seed))], shape);

    [Fact]
    public void What_comes_later_never_changes_what_came_before()
    {
        var layer = new MultiHeadAttention(12, 3, causal: true);
        Tensor x = Random([2, 70, 12]);
        float[] whole = layer.Forward(x).ToArray<float>();
        foreach (int steps in (int[])[1, 5, 32, 33, 64, 69])
        {
            Tensor changed = Tensor.Concat(1, x.SliceAxis(1, ..steps), Random([2, 70 - steps, 12], 5));
            float[] other = layer.Forward(changed).SliceAxis(1, ..steps).ToArray<float>();
            Assert.Equal(layer.Forward(x).SliceAxis(1, ..steps).ToArray<float>(), other);
            Assert.NotEqual(whole, layer.Forward(changed).ToArray<float>());
        }
    }

    [Fact]
    public void A_beginning_alone_gives_the_bits_that_it_gives_before_more()
    {
        var layer = new MultiHeadAttention(12, 3, causal: true);
        Tensor x = Random([1, 70, 12]);
        for (int steps = 1; steps < 70; steps += 7)
            Assert.Equal(layer.Forward(x.SliceAxis(1, ..steps)).ToArray<float>(),
                layer.Forward(x).SliceAxis(1, ..steps).ToArray<float>());
    }

    [Fact]
    public void Without_positions_the_order_of_the_steps_is_that_of_the_results()
    {
        var layer = new MultiHeadAttention(8, 2);
        Tensor x = Random([2, 6, 8]), order = Tensor.Of([3, 0, 5, 1, 4, 2]);
        float[] turned = layer.Forward(x.IndexSelect(order, 1)).ToArray<float>();
        float[] expected = layer.Forward(x).IndexSelect(order, 1).ToArray<float>();
        for (int i = 0; i < turned.Length; i++)
            Assert.Equal(expected[i], turned[i], 1e-6f);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_positions_the_order_matters(bool learned)
    {
        Layer positions = learned ? new LearnedPositions(6, 8) : new SinusoidalPositions(8);
        var layer = new Sequential(positions, new MultiHeadAttention(8, 2));
        Tensor x = Random([1, 6, 8]), order = Tensor.Of([3, 0, 5, 1, 4, 2]);
        Assert.NotEqual(layer.Forward(x).IndexSelect(order, 1).ToArray<float>(),
            layer.Forward(x.IndexSelect(order, 1)).ToArray<float>());
    }

    [Fact]
    public void What_lies_behind_a_mask_changes_nothing()
    {
        var layer = new MultiHeadAttention(8, 2);
        Tensor x = Random([2, 5, 8]), mask = Tensor.Of([1, 1, 1, 0, 0, 1, 1, 1, 0, 0], [2, 5]);
        Assert.Equal(layer.Forward(x.SliceAxis(1, ..3)).ToArray<float>(),
            layer.Forward(x, mask).SliceAxis(1, ..3).ToArray<float>());
    }

    [Fact]
    public void A_step_that_may_look_nowhere_gets_nothing_and_no_NaN()
    {
        Tensor x = Random([1, 3, 4]), mask = Tensor.Of([0, 1, 1], [1, 3]);
        float[] y = x.Attention(x, x, heads: 2, causal: true, mask).ToArray<float>();
        Assert.All(y[..4], number => Assert.Equal(0, number));
        Assert.All(y, number => Assert.True(float.IsFinite(number)));
    }

    [Fact]
    public void Weights_are_probabilities_and_causal_ones_look_back()
    {
        float[] weights = new MultiHeadAttention(8, 2, causal: true).Weights(Random([2, 4, 8])).ToArray<float>();
        for (int row = 0; row < 8; row++)
        {
            Assert.Equal(1, weights[(row * 4)..(row * 4 + 4)].Sum(), 1e-6f);
            Assert.All(weights[(row * 4 + row % 4 + 1)..(row * 4 + 4)], weight => Assert.Equal(0, weight));
        }
    }

    [Theory, Trait("Category", "GradCheck")]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_through_masks_and_another_sequence_equal_finite_differences(bool masked)
    {
        Tensor? mask = masked ? Tensor.Of([1, 1, 0, 1, 0, 1, 1, 1], [2, 4]) : null;
        var layer = new ToMemory(new MultiHeadAttention(6, 3), Random([2, 4, 6], 3).To(DType.Float64), mask);
        GradientReport report = Gradient.Check(layer, Random([2, 3, 6]).To(DType.Float64));
        Assert.True(report.IsWithin(1e-7), report.ToString());
    }

    sealed class ToMemory(MultiHeadAttention attention, Tensor memory, Tensor? mask) : Layer
    {
        protected override Tensor Run(Tensor x) => attention.Forward(x, memory, mask);

        protected internal override void Parts(Parts parts) => parts.Add(attention);
    }

    [Fact]
    public void Dropout_keeps_the_mean_and_rests_outside_training()
    {
        // All scores are alike: without dropout a step gets the mean of all values, which are 1.
        Tensor q = Tensor.Zeros([64, 20, 8]), v = Tensor.Ones([64, 20, 8]);
        using (new Tape().Open(new StepInfo(Mode.Training, 1, 1)))
        {
            float[] y = Tape.Apply(new AttentionOp(2, AttentionMasks.None, 0.3, 7), q, q, v).ToArray<float>();
            Assert.InRange(y.Average(), 0.99f, 1.01f);
            Assert.Contains(y, number => Math.Abs(number - 1) > 0.05);
        }
        float[] calm = Tape.Apply(new AttentionOp(2, AttentionMasks.None, 0.3, 7), q, q, v).ToArray<float>();
        Assert.All(calm, number => Assert.Equal(1, number, 1e-6f));
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        int before = Workers.Count;
        try
        {
            Workers.Count = 1;
            (float[] alone, float[] dAlone) = Step();
            Workers.Count = 4;
            (float[] shared, float[] dShared) = Step();
            Assert.Equal(alone, shared);
            Assert.Equal(dAlone, dShared);
        }
        finally
        {
            Workers.Count = before;
        }

        static (float[] Y, float[] Gradients) Step()
        {
            var layer = new MultiHeadAttention(24, 3, dropout: 0.2, causal: true);
            using var step = new Tape().Open(new StepInfo(Mode.Training, 1, 1));
            Tensor y = layer.Forward(Random([9, 45, 24]));
            (y * y).Sum().Backward();
            return (y.ToArray<float>(), [.. layer.Parameters.SelectMany(p => p.Gradient.ToArray<float>())]);
        }
    }

    [Fact]
    public void Files_have_the_names_of_PyTorch() =>
        Assert.Equal(["in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"],
            new MultiHeadAttention(8, 2).Parameters.Select(p => p.Name));

    [Theory]
    [InlineData("MultiHeadAttention(10, 4)", "make features a multiple of 4, e.g. 12")]
    [InlineData("MultiHeadAttention(8, 2, dropout: 1)", "a probability from 0 to below 1")]
    public void A_wrong_number_is_refused(string text, string problem) => Assert.Contains(problem,
        Assert.Throws<CallTextException>(() => ModelText.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_sequence_longer_than_the_learned_positions_is_explained()
    {
        string message = Assert.Throws<ShapeException>(() =>
            new LearnedPositions(4, 8).Forward(Random([2, 5, 8]))).Message;
        Assert.Contains("knows 4 positions, but got 5 steps", message, StringComparison.Ordinal);
        Assert.Contains("SinusoidalPositions(8)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sinusoidal_positions_are_the_published_waves()
    {
        float[] y = new SinusoidalPositions(6).Forward(Tensor.Zeros([1, 40, 6])).ToArray<float>();
        for (int t = 0; t < 40; t++)
            for (int i = 0; i < 6; i++)
            {
                double angle = t / Math.Pow(10000, i / 2 * 2 / 6.0);
                Assert.Equal(i % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle), y[t * 6 + i], 1e-6);
            }
    }
}
