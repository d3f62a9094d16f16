using System.Text.RegularExpressions;

namespace Hondo.Cli.Tests;

/// <summary>What a terminal shows while it trains: life at once, in lines that fit.</summary>
public sealed partial class LiveBarTests : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    string Train(int width, params string[] options)
    {
        Answer answer = _shell.RunOnTerminal(width, ["train", "digits", "--model", "softmax", "--run",
            _shell.Path($"run{width}"), .. options]);
        Assert.True(answer.Code == 0, answer.Error);
        return answer.Out;
    }

    [Fact]
    public void It_begins_with_what_is_read_and_ends_with_nothing_left_of_the_bar()
    {
        string shown = Train(100, "--epochs", "1");
        Assert.StartsWith("\r\u001b[K⠋ Reading digits", shown, StringComparison.Ordinal);
        Assert.Contains("Epoch 1/1  ", Seen(shown), StringComparison.Ordinal);
        Assert.Contains("  best\n", Seen(shown), StringComparison.Ordinal);
        Assert.Contains("\n1 epoch in ", Seen(shown), StringComparison.Ordinal);
        Assert.DoesNotContain("Reading", Seen(shown), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(120)]
    public void Every_line_fits(int width)
    {
        string shown = Train(width, "--epochs", "2");
        string[] lines = [.. shown.Split('\n', '\r').Select(line => Escape().Replace(line, ""))];
        // Paths are what they are: they can be copied whole.
        Assert.All(lines.Where(line => !line.Contains(_shell.Path(""), StringComparison.Ordinal)),
            line => Assert.InRange(line.Length, 0, width));
    }

    [Fact]
    public void Names_as_long_as_a_page_or_with_line_ends_stay_on_one_short_line()
    {
        string text = new('t', 100_000), path = _shell.Path("x.csv");
        File.WriteAllText(path, "\"first\nunit\",b,k\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"{i % 7},{i % 5},{(i == 3 ? text : i % 2 == 0 ? "yes" : "no")}\n")));
        Answer answer = _shell.Run("train", path, "--epochs", "2", "--run", _shell.Path("run"));
        Assert.Equal(0, answer.Code);
        Assert.Contains("features first unit, b\n", answer.Error, StringComparison.Ordinal);
        Assert.All((answer.Out + answer.Error).Split('\n'), line => Assert.InRange(line.Length, 0, 1000));
        File.WriteAllText(path, $"{text},k\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"{i % 7},{(i < 59 ? $"{i % 9}.5" : text)}\n")));
        answer = _shell.Run("train", path, "--run", _shell.Path("other"));
        Assert.Equal(1, answer.Code);
        Assert.Contains("is not a number, but 98.3 % of the column's values are", answer.Error,
            StringComparison.Ordinal);
        Assert.InRange(answer.Error.Length, 1, 1000);
    }

    [Fact]
    public void What_is_piped_or_asked_to_be_quiet_has_no_bar()
    {
        Answer piped = _shell.Run("train", "iris", "--epochs", "2", "--run", _shell.Path("piped"));
        Assert.DoesNotContain("\u001b", piped.Out + piped.Error, StringComparison.Ordinal);
        Assert.Matches("Epoch 2/2  [0-9]+/[0-9]+  [0-9.]+ s  loss [0-9.]+  accuracy", piped.Error);
        Answer quiet = _shell.RunOnTerminal(80, "train", "iris", "--epochs", "2", "--quiet", "--run", _shell.Path("q"));
        Assert.DoesNotContain("\u001b", quiet.Out, StringComparison.Ordinal);
    }

    // What a person sees in the end: lines above the bar, whatever was written over.
    static string Seen(string shown) => Escape().Replace(Over().Replace(shown, ""), "");

    [GeneratedRegex("[^\n]*\r(?=\u001b\\[K)")]
    private static partial Regex Over();

    [GeneratedRegex("\u001b\\[[0-9;]*[A-Za-z]")]
    private static partial Regex Escape();
}
