using Hondo.Kernels;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Losses;

public sealed class CtcLossTests
{
    static Tensor Logs(int batch, int time, int classes) => Tensor.Of([.. Enumerable.Range(0, batch * time * classes)
        .Select(i => 2 * Math.Sin(1 + i * 1.7))], [batch, time, classes]).LogSoftmax();

    static Tensor Ints(params int[] values) => Tensor.Of(values, [values.Length]);

    [Fact]
    public void The_loss_is_that_of_all_alignments_counted_one_by_one()
    {
        double[] logs = Logs(1, 4, 3).ToArray<double>();
        double total = 0;
        for (int path = 0; path < 81; path++)
        {
            int[] steps = [path % 3, path / 3 % 3, path / 9 % 3, path / 27];
            int[] said = [.. steps.Where((c, t) => c != 0 && (t == 0 || steps[t - 1] != c))];
            if (said is [2, 2])
                total += Math.Exp(steps.Select((c, t) => logs[t * 3 + c]).Sum());
        }
        Assert.Equal(-Math.Log(total), Logs(1, 4, 3).CtcLoss(Tensor.Of([2, 2], [1, 2]), Ints(4), Ints(2),
            reduce: Reduce.Sum).ToArray<double>()[0], 1e-12);
    }

    [Fact]
    public void Labels_that_do_not_fit_cost_infinity_or_nothing_and_send_no_gradient()
    {
        // Twice the same label needs a blank between: three steps.
        Tensor labels = Tensor.Of([1, 1], [1, 2]);
        Parameter x = Parameter.Of(Logs(1, 2, 3));
        using var step = new Tape().Open(new StepInfo(Mode.Training, 1, 1));
        Tensor lost = x.Value.CtcLoss(labels, Ints(2), Ints(2));
        Assert.True(double.IsPositiveInfinity(lost.Item));
        Assert.Equal(0, x.Value.CtcLoss(labels, Ints(2), Ints(2), zeroInfinity: true).Item);
        lost.Backward();
        Assert.All(x.Gradient.ToArray<double>(), d => Assert.Equal(0, d));
    }

    [Fact]
    public void What_lies_behind_the_end_changes_nothing()
    {
        Tensor x = Logs(1, 5, 3), padded = Tensor.Concat(1, x, Logs(1, 2, 3));
        Assert.Equal(x.CtcLoss(Tensor.Of([1, 2], [1, 2]), Ints(5), Ints(2)).Item,
            padded.CtcLoss(Tensor.Of([1, 2, 7], [1, 3]), Ints(5), Ints(2)).Item);
    }

    [Theory]
    [InlineData(3, 2, 5, 2, "label 3")]
    [InlineData(0, 2, 5, 2, "label 0")]
    [InlineData(1, 2, 6, 2, "6 steps")]
    [InlineData(1, 2, 5, 3, "3 labels")]
    public void Wrong_labels_and_lengths_are_refused(int first, int second, int steps, int count, string problem) =>
        Assert.Contains(problem, Assert.Throws<ArgumentOutOfRangeException>(() => Logs(1, 5, 3).CtcLoss(
            Tensor.Of([first, second], [1, 2]), Ints(steps), Ints(count))).Message, StringComparison.Ordinal);

    [Fact]
    public void Threads_change_no_bit()
    {
        int before = Workers.Count;
        try
        {
            Workers.Count = 1;
            double[] alone = Run();
            Workers.Count = 4;
            Assert.Equal(alone, Run());
        }
        finally
        {
            Workers.Count = before;
        }
    }

    static double[] Run()
    {
        Parameter x = Parameter.Of(Logs(9, 8, 4));
        using var step = new Tape().Open(new StepInfo(Mode.Training, 1, 1));
        Tensor labels = Tensor.Of([.. Enumerable.Range(0, 27).Select(i => 1 + i % 3)], [9, 3]);
        Tensor loss = x.Value.CtcLoss(labels, Ints([.. Enumerable.Repeat(8, 9)]), Ints([.. Enumerable.Repeat(3, 9)]));
        loss.Backward();
        return [loss.Item, .. x.Gradient.ToArray<double>()];
    }
}
