using Hondo.Training;

namespace Hondo.Tests.Training;

public sealed class HistoryTests
{
    static History Two()
    {
        var history = new History();
        history.Add(new(1, new(0.5, [("accuracy", 0.75)], 4), new(0.25, [("accuracy", 1)], 4), 1.5, 0.01, 10));
        history.Add(new(2, new(0.125, [("accuracy", 1)], 4), new(double.NaN, [("accuracy", 0.5)], 4), 1.25, 0.001, 20));
        return history;
    }

    [Fact]
    public void A_name_gives_a_curve()
    {
        Assert.Equal([0.5, 0.125], Two()["loss"]);
        Assert.Equal([1, 0.5], Two()["dev accuracy"]);
    }

    [Fact]
    public void A_wrong_name_is_an_error_that_lists_the_right_ones()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => Two()["val_loss"]);
        Assert.Contains("loss, accuracy, dev loss, dev accuracy", error.Message, StringComparison.Ordinal);
    }
}
