using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;

namespace Hondo.Cli.Tests;

public sealed class RunsTests : IDisposable
{
    const string Hostile = "\u001b[31mred\u001b]8;;http://evil\u0007 \u009b31m \u202egnp [red]x[/]";

    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    string Folder => _shell.Path("runs");

    string Train(string name, params string[] options)
    {
        string run = Path.Combine(Folder, name);
        Assert.Equal(0, _shell.Run(["train", "iris", "--quiet", "--epochs", "2", "--run", run, .. options]).Code);
        return run;
    }

    [Fact]
    public void A_list_has_a_line_for_each_run_and_the_reason_of_each_broken_one()
    {
        Train("good");
        string broken = Train("broken"), half = Train("half");
        File.WriteAllText(Path.Combine(broken, "run.json"), "{ \"status\": ");
        File.AppendAllText(Path.Combine(half, "metrics.jsonl"), "{\"epoch\":3,\"train\":{\"los");
        Directory.CreateDirectory(Path.Combine(Folder, "no run"));
        Answer answer = _shell.Run("runs", "list", Folder);
        Assert.Equal((0, 4), (answer.Code, answer.Lines.Length));
        Assert.Matches("good +done +iris .*2 +dev|good +done +iris", answer.Out);
        Assert.Matches("broken +broken .*run.json", answer.Out);
        Assert.Matches("half +done", answer.Out);
        Assert.Contains("is a run itself", _shell.Run("runs", "list", half).Out, StringComparison.Ordinal);
        Assert.All(_shell.Run("runs", "list", Folder, "--json").Lines, line => JsonDocument.Parse(line).Dispose());
    }

    // Each stands for a kind: text that is no UTF-8, a number beyond all numbers, half a letter, nested brackets.
    [Theory]
    [InlineData("run.json", "{\"name\":\"\u00ff\",\"status\":\"\u00c0\"}")]
    [InlineData("metrics.jsonl", "{\"epoch\":1,\"seconds\":1e999,\"train\":{\"loss\":2}}\n")]
    [InlineData("events.jsonl", "{\"event\":\"warning\",\"message\":\"\\ud800\",\"step\":1}\n")]
    [InlineData("events.jsonl", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n")]
    public void One_bad_file_hides_no_other_run(string file, string content)
    {
        string good = Train("good"), bad = Train("bad");
        File.WriteAllBytes(Path.Combine(bad, file), [.. content.Select(letter => (byte)letter)]);
        foreach (string[] line in (string[][])[["runs", "list", Folder], ["runs", "list", Folder, "--json"],
            ["runs", "show", bad], ["runs", "show", bad, "--json"], ["runs", "compare", good, bad],
            ["runs", "compare", good, bad, "--json"]])
        {
            Answer answer = _shell.Run(line);
            Assert.True(answer.Code == 0, $"{string.Join(' ', line)}: {answer.Error}");
            Assert.Contains("broken", answer.Out, StringComparison.Ordinal);
            Assert.True(line[1] == "show" || answer.Out.Contains("good", StringComparison.Ordinal), answer.Out);
        }
        Assert.Contains(file, _shell.Run("runs", "list", Folder).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_fit_sixty_columns()
    {
        string one = Train("a-run-with-a-rather-long-name"), two = Train("another-run-with-a-long-name", "--seed", "2");
        foreach (string[] line in (string[][])[["runs", "list", Folder], ["runs", "show", one],
            ["runs", "compare", one, two]])
            Assert.All(_shell.RunOnTerminal(60, line).Lines, text => Assert.InRange(text.Length, 0, 60));
    }

    [Fact]
    public void A_run_is_shown_with_its_options_and_numbers()
    {
        string text = _shell.Run("runs", "show", Train("one", "--seed", "7")).Out;
        Assert.Matches("seed +7\n", text);
        Assert.Matches("kept epoch's loss +[0-9.]+", text);
        Assert.Matches("command +hondo train iris", text);
    }

    [Fact]
    public void A_comparison_has_what_differs_and_a_chart()
    {
        string chart = _shell.Path("curves.svg");
        Answer answer = _shell.Run("runs", "compare", Train("one"), Train("two", "--seed", "2"), "--chart", chart);
        Assert.Matches("seed +1 +2\n", answer.Out);
        Assert.DoesNotMatch("\nbatch ", answer.Out);
        Assert.Equal("svg", XDocument.Load(chart).Root!.Name.LocalName);
    }

    [Fact]
    public void An_exported_run_has_every_file()
    {
        string run = Train("one"), zip = _shell.Path("one.zip");
        Assert.Equal(0, _shell.Run("runs", "export", run, zip).Code);
        using ZipArchive archive = ZipFile.OpenRead(zip);
        // All but the lock, which says nothing.
        Assert.Equal(Directory.GetFiles(run, "*", SearchOption.AllDirectories).Length - 1, archive.Entries.Count);
        Assert.Contains(archive.Entries, entry => entry.FullName == "one/checkpoints/best.safetensors");
        Assert.Contains("exists already", _shell.Run("runs", "export", run, zip).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_run_is_deleted_and_only_when_told()
    {
        string run = Train("one"), other = Directory.CreateDirectory(_shell.Path("other")).FullName;
        Assert.Equal(1, _shell.RunWith("n\n", "runs", "delete", run).Code);
        Assert.True(Directory.Exists(run));
        Assert.Contains("is no run", _shell.Run("runs", "delete", other, "--yes").Error, StringComparison.Ordinal);
        Assert.True(Directory.Exists(other));
        Assert.Equal(0, _shell.RunWith("y\n", "runs", "delete", run).Code);
        Assert.False(Directory.Exists(run));
    }

    [Fact]
    public void Hostile_texts_are_printed_harmlessly()
    {
        string run = Train("one");
        string json = JsonSerializer.Serialize(Hostile);
        File.WriteAllText(Path.Combine(run, "config.json"), $"{{\"data\":{json},\"model\":{json},{json}:{json}}}");
        File.WriteAllText(Path.Combine(run, "events.jsonl"), $"{{\"event\":\"warning\",\"message\":{json}}}\n");
        File.WriteAllText(Path.Combine(run, "run.json"), $"{{\"status\":{json},\"started\":3,\"command\":{json}}}");
        foreach (string[] line in (string[][])[["list", Folder], ["show", run], ["compare", run, run]])
        {
            Answer answer = _shell.Run(["runs", .. line]);
            Assert.Equal(0, answer.Code);
            Assert.DoesNotContain(answer.Out, c => (char.IsControl(c) && c != '\n') || c == '\u202e');
            Assert.Contains("[red]x[/]", answer.Out, StringComparison.Ordinal);
        }
    }
}
