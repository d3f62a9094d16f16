using Hondo.Kernels;
using Hondo.Layers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Layers;

public sealed class RecurrentTests
{
    static Tensor Random(Shape shape) =>
        Tensor.Of([.. Enumerable.Range(0, shape.Size).Select(i => (float)Math.Sin(i * 1.7))], shape);

    public static TheoryData<string> Kinds =>
        ["Rnn(6, 20, layers: 2)", "Lstm(6, 20, layers: 2)", "Gru(6, 20, layers: 2)"];

    static Recurrent Make(string text) => (Recurrent)Hondo.Serialization.ModelText.Parse(text);

    [Theory, MemberData(nameof(Kinds))]
    public void The_state_carried_over_a_thousand_windows_gives_the_bits_of_one_long_run(string text)
    {
        Recurrent layer = Make(text);
        const int Windows = 1000, Steps = 2;
        Tensor x = Random([3, Windows * Steps, 6]);
        float[] whole = layer.Forward(x, null, out Tensor end).ToArray<float>();
        Tensor state = Tensor.Zeros(layer.StateShape(3));
        for (int window = 0; window < Windows; window++)
        {
            int first = window * Steps;
            float[] part = layer.Forward(x.SliceAxis(1, first..(first + Steps)), state, out state).ToArray<float>();
            for (int row = 0; row < 3; row++)
                Assert.Equal(whole.AsSpan((row * Windows * Steps + first) * 20, Steps * 20),
                    part.AsSpan(row * Steps * 20, Steps * 20));
        }
        Assert.Equal(end.ToArray<float>(), state.ToArray<float>());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Tokens_give_the_bits_of_one_hot_rows(string text)
    {
        Recurrent layer = Make(text);
        Tensor tokens = Tensor.Of([0, 5, 2, 2, 1, 3, 4, 5], [2, 4]);
        (float[] y, float[] dw) = Step(layer, tokens);
        (float[] other, float[] otherDw) = Step(layer, tokens.OneHot(6));
        Assert.Equal(other, y);
        for (int i = 0; i < dw.Length; i++)
            Assert.Equal(otherDw[i], dw[i], 1e-6f);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Any_number_of_threads_gives_the_same_bits(string text)
    {
        Recurrent layer = Make(text.Replace("20", "45", StringComparison.Ordinal));
        Tensor x = Random([70, 7, 6]);
        int before = Workers.Count;
        try
        {
            Workers.Count = 1;
            (float[] alone, float[] dAlone) = Step(layer, x);
            Workers.Count = 4;
            (float[] shared, float[] dShared) = Step(layer, x);
            Assert.Equal(alone, shared);
            Assert.Equal(dAlone, dShared);
        }
        finally
        {
            Workers.Count = before;
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_sequence_alone_gives_the_bits_that_it_gives_among_others(string text)
    {
        Recurrent layer = Make(text);
        Tensor x = Random([3, 4, 6]), tokens = Tensor.Of([0, 5, 2, 2, 1, 3, 4, 5], [8, 1]);
        float[] among = layer.Forward(x).ToArray<float>(), written = layer.Forward(tokens).ToArray<float>();
        for (int row = 0; row < 3; row++)
            Assert.Equal(layer.Forward(x.SliceAxis(0, row..(row + 1))).ToArray<float>(),
                among[(row * 80)..((row + 1) * 80)]);
        for (int row = 0; row < 8; row++)
            Assert.Equal(layer.Forward(tokens.SliceAxis(0, row..(row + 1))).ToArray<float>(),
                written[(row * 20)..((row + 1) * 20)]);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void What_lies_behind_a_mask_changes_nothing(string text)
    {
        Recurrent layer = Make(text.Replace(")", ", bidirectional: true)", StringComparison.Ordinal));
        Tensor x = Random([2, 5, 6]), mask = Tensor.Of([1, 1, 1, 0, 0, 1, 1, 1, 0, 0], [2, 5]);
        float[] padded = layer.Forward(x, mask).SliceAxis(1, ..3).ToArray<float>();
        Assert.Equal(layer.Forward(x.SliceAxis(1, ..3)).ToArray<float>(), padded);
        Assert.All(layer.Forward(x, mask).SliceAxis(1, 3..).ToArray<float>(), y => Assert.Equal(0, y));
    }

    [Fact]
    public void A_carried_window_allocates_nothing_from_its_third_step_on()
    {
        var layer = new Lstm(6, 20, layers: 2, dropout: 0.1, bidirectional: true);
        Tensor x = Random([3, 5, 6]), state = Tensor.Zeros(layer.StateShape(3));
        var tape = new Tape();
        long Step()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            using (tape.Open(new StepInfo(Mode.Training, 1, 1)))
                (layer.Forward(x, state, out Tensor final).Sum() + final.Sum()).Backward();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Step();
        Step();
        Assert.Equal(0, Enumerable.Range(0, 5).Select(_ => Step()).Min());
    }

    [Fact]
    public void A_misfit_says_how_to_mend_it()
    {
        var error = Assert.Throws<ShapeException>(() => new Lstm(6, 20).Forward(Random([2, 5, 7])));
        Assert.Contains("Make it Lstm(7, 20)", error.Message, StringComparison.Ordinal);
    }

    static (float[] Y, float[] Gradients) Step(Recurrent layer, Tensor x)
    {
        using var step = new Tape().Open(new StepInfo(Mode.Training, 1, 1));
        Tensor y = layer.Forward(x);
        (y * y).Sum().Backward();
        return (y.ToArray<float>(), [.. layer.Parameters.SelectMany(p => p.Gradient.ToArray<float>())]);
    }

    [Fact]
    public void No_sequences_are_no_outputs_and_gradients_of_0()
    {
        foreach (Layer layer in (Layer[])[new Rnn(2, 4), new Lstm(2, 4, bidirectional: true), new Gru(2, 4, layers: 2)])
        {
            layer.Initialize(1);
            using Tape.Scope step = Tape.Begin();
            Tensor x = Tape.Watch(Tensor.Zeros([0, 5, 2])), y = layer.Forward(x);
            Assert.Equal([0, 5, layer is Lstm ? 8 : 4], y.Shape);
            y.Sum().Backward();
            Assert.All(layer.Parameters, p => Assert.All(p.Gradient.ToArray<float>(), g => Assert.Equal(0, g)));
        }
    }
}
