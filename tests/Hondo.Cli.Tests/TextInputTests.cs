namespace Hondo.Cli.Tests;

/// <summary>Texts that cannot be trained on.</summary>
public sealed class TextInputTests : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    Answer Train(byte[] text, params string[] options)
    {
        string path = _shell.Path("text.txt");
        File.WriteAllBytes(path, text);
        return _shell.Run(["train", path, "--run", _shell.Path("run"), .. options]);
    }

    public static TheoryData<byte[], string> Bad => new()
    {
        { [], "the file is empty, but a text was expected" },
        { "a"u8.ToArray(), "it has 1 character, but one window takes 50" },
        { "\uFEFF"u8.ToArray(), "it is empty" },
        { "shorter than one window"u8.ToArray(), "choose a window below 23" },
        { [.. "uno\ndos\n"u8, 0xE9, .. "tres"u8], "byte 8 (counted from 0), line 3: 0xE9 is no UTF-8 there" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_text_that_cannot_be_learned_is_one_clear_error(byte[] text, string expected)
    {
        Answer answer = Train(text);
        Assert.Equal((1, ""), (answer.Code, answer.Out));
        Assert.Contains(expected, answer.Error, StringComparison.Ordinal);
        Assert.Contains("text.txt", answer.Error, StringComparison.Ordinal);
        Assert.Single(answer.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.False(Directory.Exists(_shell.Path("run")));
    }

    [Fact]
    public void What_is_read_as_a_text_is_said_to_be_one()
    {
        Answer answer = Train(System.Text.Encoding.UTF8.GetBytes("\"a\" \"k\"\n" + string.Concat(
            Enumerable.Range(0, 90).Select(i => $"\"{i + 1}\" {i % 13}.{i % 7} \"{(i % 2 == 0 ? "x" : "y")}\"\n"))),
            "--epochs", "1");
        Assert.Equal(0, answer.Code);
        Assert.StartsWith("text.txt: a text of ", answer.Error, StringComparison.Ordinal);
        Assert.Contains(" characters in 91 lines\n", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_longer_than_any_text_is_one_clear_error()
    {
        Answer answer = Train([.. Enumerable.Repeat((byte)'a', 100)], "--window", "2147483647");
        Assert.Equal((1, ""), (answer.Code, answer.Out));
        Assert.Contains("one window takes 2147483647", answer.Error, StringComparison.Ordinal);
        Assert.Contains("choose a window below 100", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_that_are_none_are_one_clear_error()
    {
        Answer answer = Train("some text"u8.ToArray(), "--tokens", "letters");
        Assert.Equal(1, answer.Code);
        Assert.Contains("'letters' are no tokens: choose characters, words", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_something_else_cannot_write()
    {
        string run = _shell.Path("iris");
        Assert.Equal(0, _shell.Run("train", "iris", "--epochs", "1", "--quiet", "--run", run).Code);
        Answer answer = _shell.Run("generate", run);
        Assert.Equal((1, ""), (answer.Code, answer.Out));
        Assert.Contains("the model was not trained on a text", answer.Error, StringComparison.Ordinal);
    }
}
