using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Training;

namespace Hondo.Tests.Training.Callbacks;

public sealed class ProgressTests
{
    static (History History, string[] Lines) Train(TextWriter? progress)
    {
        var model = Tasks.Mlp();
        History history = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters, 0.01))
        {
            Epochs = 3,
            Progress = progress,
        }.Fit(Tasks.Parts(60));
        return (history, (progress?.ToString() ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Each_epoch_is_a_line_with_its_numbers()
    {
        (History history, string[] lines) = Train(new StringWriter());
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("epoch 3/3, ", lines[2], StringComparison.Ordinal);
        Assert.All(history[^1].Numbers, number => Assert.Contains(FormattableString.Invariant(
            $"{number.Name} {number.Value:F4}"), lines[2], StringComparison.Ordinal));
    }

    [Fact]
    public void One_word_makes_it_silent_and_changes_no_number() =>
        Assert.Equal(Train(new StringWriter()).History["loss"], Train(null).History["loss"]);

    [Fact]
    public void Nobody_at_a_terminal_means_no_lines()
    {
        var model = Tasks.Mlp();
        TextWriter? progress = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters)).Progress;
        Assert.Equal(Console.IsErrorRedirected, progress is null);
    }
}
