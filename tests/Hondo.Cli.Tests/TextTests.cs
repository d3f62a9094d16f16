using System.Text.Json;

namespace Hondo.Cli.Tests;

/// <summary>A text is trained on, written and measured, as people do it.</summary>
public sealed class TextTests : IClassFixture<TextRun>, IDisposable
{
    readonly Shell _shell = new();
    readonly TextRun _run;

    public TextTests(TextRun run) => _run = run;

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_file_is_learned_and_samples_are_shown_and_kept()
    {
        Assert.Equal((0, ""), (_run.Trained.Code, _run.Trained.Error));
        JsonElement[] events = [.. _run.Trained.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["start", "epoch", "sample", "epoch", "sample", "epoch", "sample", "warning", "result"],
            events.Select(line => line.GetProperty("event").GetString()));
        // Three epochs are few: the verdict says so, before the result.
        Assert.Equal("bias-and-variance-low", events[^2].GetProperty("code").GetString());
        JsonElement dev = events[^1].GetProperty("dev");
        double loss = dev.GetProperty("loss").GetDouble();
        Assert.InRange(loss, 0.01, 2.5);
        Assert.Equal(loss / Math.Log(2), dev.GetProperty("bits per character").GetDouble(), 1e-6);
        Assert.Equal(Math.Exp(loss), dev.GetProperty("perplexity").GetDouble(), 1e-6);
        string kept = File.ReadAllText(Path.Combine(_run.Folder, "artifacts", "samples.txt"));
        Assert.Contains("--- epoch 3 ---\n" + events[^3].GetProperty("text").GetString(), kept,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_writes_the_same_for_a_seed_and_begins_with_the_prompt()
    {
        string[] line = ["generate", _run.Folder, "--prompt", "El ñandú", "--length", "60", "--seed", "7"];
        Answer answer = _shell.Run(line);
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        Assert.StartsWith("El ñandú", answer.Out, StringComparison.Ordinal);
        Assert.Equal("El ñandú".Length + 60 + 1, answer.Out.Length);
        Assert.Equal(answer.Out, _shell.Run(line).Out);
        Assert.NotEqual(answer.Out, _shell.Run([.. line[..^1], "8"]).Out);
    }

    [Fact]
    public void A_greedy_text_needs_no_seed_and_json_has_it_whole()
    {
        string[] texts = [.. new[] { "1", "2" }.Select(seed => _shell.Run("generate", _run.Folder, "--length", "40",
            "--temperature", "0", "--seed", seed, "--json").Lines.Single())
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()!)];
        Assert.Equal(40, texts[0].Length);
        Assert.Equal(texts[0], texts[1]);
    }

    [Fact]
    public void A_transformer_is_learned_with_its_own_recipe_writes_beyond_its_window_and_is_measured()
    {
        string folder = _shell.Path("gpt");
        Answer trained = _shell.Run("train", _run.Text, "--model",
            "char-transformer(hidden: 16, layers: 1, heads: 2)", "--epochs", "2", "--window", "20", "--batch", "4",
            "--json", "--quiet", "--run", folder);
        Assert.Equal((0, ""), (trained.Code, trained.Error));
        string config = File.ReadAllText(Path.Combine(folder, "config.json"));
        Assert.Contains("AdamW", config, StringComparison.Ordinal);
        Assert.Contains("CosineDecay(2)", config, StringComparison.Ordinal);
        string[] line = ["generate", folder, "--prompt", "El", "--length", "70", "--seed", "7"];
        Answer written = _shell.Run(line);
        Assert.Equal((0, "El".Length + 70 + 1), (written.Code, written.Out.Length));
        Assert.Equal(written.Out, _shell.Run(line).Out);
        Assert.Contains("bits per character", _shell.Run("eval", folder, _run.Text).Out, StringComparison.Ordinal);
        Assert.Contains("MultiHeadAttention", _shell.Run("info", folder).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_text_is_measured_on_a_text_and_described()
    {
        Answer answer = _shell.Run("eval", _run.Folder, _run.Text);
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        Assert.Contains("bits per character", answer.Out, StringComparison.Ordinal);
        string about = _shell.Run("info", _run.Folder).Out;
        Assert.Contains("Lstm", about, StringComparison.Ordinal);
        Assert.Contains("Trained on text", about, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--prompt|€", 1, "the prompt: it has a character that the model does not know: '€' (U+20AC)")]
    [InlineData("--temperature|-1", 2, "--temperature is a number from 0, but got '-1'")]
    [InlineData("--temperature|NaN", 2, "--temperature is a number from 0, but got 'NaN'")]
    [InlineData("--temperature|warm", 2, "--temperature is a number from 0, but got 'warm'")]
    [InlineData("--length|-5", 2, "--length is a whole number from 0, but got '-5'")]
    [InlineData("--top-p|0", 2, "--top-p is a probability above 0 and up to 1, but got '0'")]
    [InlineData("--top-k|1.5", 2, "--top-k is a whole number from 0, but got '1.5'")]
    [InlineData("--promt|a", 2, "Did you mean '--prompt'?")]
    public void What_cannot_be_written_is_one_clear_error(string options, int code, string expected)
    {
        Answer answer = _shell.Run(["generate", _run.Folder, .. options.Split('|')]);
        Assert.Equal((code, ""), (answer.Code, answer.Out));
        Assert.Contains(expected, answer.Error, StringComparison.Ordinal);
        Assert.Single(answer.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_model_of_text_classifies_nothing_and_says_what_it_can_do()
    {
        Answer answer = _shell.Run("predict", _run.Folder, "El");
        Assert.Equal((1, ""), (answer.Code, answer.Out));
        Assert.Contains("Let it write with 'hondo generate'", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_with_unknown_characters_cannot_be_measured()
    {
        string text = _shell.Path("other.txt");
        File.WriteAllText(text, "Привет");
        Answer answer = _shell.Run("eval", _run.Folder, text);
        Assert.Equal(1, answer.Code);
        Assert.Contains("it has characters that the model does not know: 'П' (U+041F)", answer.Error,
            StringComparison.Ordinal);
    }
}
