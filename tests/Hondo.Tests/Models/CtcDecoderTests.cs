using Hondo.Layers;
using Hondo.Models;
using Hondo.Ops;
using Hondo.Optimizers;
using Hondo.Tensors;

namespace Hondo.Tests.Models;

public sealed class CtcDecoderTests
{
    static Tensor Logs(int time, int classes, int seed) => Tensor.Of([.. Enumerable.Range(0, time * classes)
        .Select(i => 2 * Math.Sin(seed + i * 1.7))], [time, classes]).LogSoftmax();

    static Tensor OneHot(params int[] path) => Tensor.Of([.. path.SelectMany(best =>
        Enumerable.Range(0, 3).Select(c => c == best ? 0.0 : -9))], [path.Length, 3]);

    [Theory]
    [InlineData(new[] { 1, 1, 0, 1, 2, 2 }, new[] { 1, 1, 2 })]
    [InlineData(new[] { 0, 0, 0 }, new int[0])]
    [InlineData(new[] { 2, 1, 2 }, new[] { 2, 1, 2 })]
    public void Repeated_labels_become_one_and_blanks_vanish(int[] path, int[] labels)
    {
        Assert.Equal(labels, CtcDecoder.Greedy(OneHot(path)));
        Assert.Equal(labels, CtcDecoder.Search(OneHot(path))[0].Labels);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_wide_search_finds_the_probability_that_the_loss_gives_to_each_label_sequence(int seed)
    {
        Tensor logs = Logs(4, 3, seed);
        double whole = 0;
        foreach ((int[] labels, double log) in CtcDecoder.Search(logs, beams: 1000))
        {
            Assert.Equal(-log, Loss(logs, labels), 1e-9);
            whole += Math.Exp(log);
        }
        Assert.Equal(1, whole, 1e-9);
    }

    [Fact]
    public void The_search_finds_labels_that_no_single_alignment_shows()
    {
        // Blank 0.6 twice beats every single path, but three paths together say label 1: 0.64 against 0.36.
        Tensor logs = Tensor.Of([0.6, 0.4, 0.6, 0.4], [2, 2]).Log();
        Assert.Empty(CtcDecoder.Greedy(logs));
        (int[] labels, double log) = CtcDecoder.Search(logs)[0];
        Assert.Equal([1], labels);
        Assert.Equal(Math.Log(0.64), log, 1e-9);
    }

    [Fact]
    public void Another_shape_is_refused() => Assert.Contains("[time, classes]",
        Assert.Throws<ShapeException>(() => CtcDecoder.Greedy(Tensor.Zeros([1, 2, 3]))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void An_LSTM_in_both_directions_learns_to_say_in_order_which_signals_it_saw()
    {
        (Tensor x, Tensor labels, Tensor steps, Tensor counts) = Signals();
        var model = new Sequential(new Lstm(3, 16, bidirectional: true),
            new Hondo.Layers.Linear(32, 4), new Hondo.Layers.LogSoftmax());
        var optimizer = new Adam(model.Parameters, learningRate: 0.02);
        var tape = new Tape();
        for (int i = 0; i < 100; i++)
        {
            using var step = tape.Open(new StepInfo(Mode.Training, 1, i));
            model.Forward(x).CtcLoss(labels, steps, counts).Backward();
            optimizer.Step();
        }
        Tensor y = model.Forward(x);
        int[] right = labels.ToArray<int>();
        for (int row = 0; row < x.Shape[0]; row++)
            Assert.Equal(right[(3 * row)..(3 * row + 3)],
                CtcDecoder.Search(y.SliceAxis(0, row..(row + 1)).Reshape([12, 4]))[0].Labels);
    }

    // Three of three signals, each held for one to three of twelve steps; nobody says where.
    static (Tensor X, Tensor Labels, Tensor Steps, Tensor Counts) Signals()
    {
        const int Count = 27;
        var x = new float[Count * 12 * 3];
        var labels = new int[Count * 3];
        for (int row = 0; row < Count; row++)
            for (int k = 0, at = row % 2; k < 3; k++)
            {
                int signal = row / (int)Math.Pow(3, k) % 3, held = 1 + (row + k) % 3;
                labels[3 * row + k] = 1 + signal;
                for (int t = 0; t < held; t++)
                    x[(row * 12 + at + t) * 3 + signal] = 1;
                at += held + 1;
            }
        return (Tensor.Of(x, [Count, 12, 3]), Tensor.Of(labels, [Count, 3]),
            Tensor.Of([.. Enumerable.Repeat(12, Count)], [Count]),
            Tensor.Of([.. Enumerable.Repeat(3, Count)], [Count]));
    }

    static double Loss(Tensor logs, int[] labels)
    {
        int[] padded = labels.Length == 0 ? [1] : labels;
        return logs.Reshape([1, .. logs.Shape]).CtcLoss(Tensor.Of(padded, [1, padded.Length]),
            Tensor.Of([logs.Shape[0]], [1]), Tensor.Of([labels.Length], [1]), reduce: Reduce.Sum).ToArray<double>()[0];
    }
}
