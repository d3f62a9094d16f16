using Hondo.Training;

namespace Hondo.Tests.Training;

public sealed class TimeLimitTests
{
    [Fact]
    public void Training_ends_after_the_step_in_which_the_time_is_over()
    {
        var recorder = new Recorder(_ => Thread.Sleep(5));
        History history = Tasks.Trainer(Tasks.Mlp(), epochs: 1000, batchSize: 16, recorder,
            new TimeLimit(TimeSpan.FromMilliseconds(40))).Fit(Tasks.Parts());
        Assert.Equal("the time limit of 0.04s is over", history.StopReason);
        Assert.Equal(history[^1].Steps, recorder.Moments.Count(moment => moment == "step"));
        Assert.InRange(history[^1].Steps, 1, 8);
    }

    [Theory]
    [InlineData("90s", "1m30s")]
    [InlineData("10m", "10m")]
    [InlineData("1h30m", "1h30m")]
    [InlineData("0.5s", "0.5s")]
    [InlineData("2d", "2d")]
    public void A_time_is_read(string text, string same) => Assert.Equal(same, TimeLimit.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("ten minutes")]
    [InlineData("0m")]
    [InlineData("-5m")]
    [InlineData("5x")]
    public void Anything_else_is_refused(string text) =>
        Assert.Contains("10m", Assert.Throws<FormatException>(() => TimeLimit.Parse(text)).Message,
            StringComparison.Ordinal);
}
