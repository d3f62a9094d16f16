using System.Text.Json;

namespace Hondo.Cli.Tests;

public sealed class DiagnosisTests : IDisposable
{
    static readonly string[] Faulty =
    [
        "train", "iris", "--epochs", "3", "--model",
        "Sequential(Linear(4, 8, initializer: Zeros()), Tanh(), Linear(8, 3))",
    ];

    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_finding_is_a_line_of_json_with_code_layer_and_remedy_and_stands_in_the_events()
    {
        string run = _shell.Path("run");
        Answer answer = _shell.Run([.. Faulty, "--json", "--quiet", "--run", run]);
        JsonElement[] lines = [.. answer.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        JsonElement warning = lines.First(line => line.GetProperty("event").GetString() == "warning");
        Assert.Equal(("equal-units", "0"),
            (warning.GetProperty("code").GetString(), warning.GetProperty("layer").GetString()));
        Assert.Contains("at random", warning.GetProperty("remedy").GetString(), StringComparison.Ordinal);
        Assert.Contains("equal-units", lines[^1].GetProperty("findings").EnumerateArray().Select(c => c.GetString()));
        Assert.Contains("\"code\":\"equal-units\"", File.ReadAllText(Path.Combine(run, "events.jsonl")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void People_read_the_findings_as_they_come_and_in_a_block_at_the_end()
    {
        Answer answer = _shell.Run([.. Faulty, "--split", "60/20/20", "--run", _shell.Path("run")]);
        Assert.Contains("warning: All 8 units of layer 0", answer.Error + answer.Out, StringComparison.Ordinal);
        Assert.Contains("diagnosis\n  equal-units: All 8 units", answer.Out, StringComparison.Ordinal);
        Assert.Contains("  high-bias: Human error 0 %, training error", answer.Out, StringComparison.Ordinal);
        Assert.Equal(2, (answer.Error + answer.Out).Split("Human error 0 %, training error").Length);
    }

    [Fact]
    public void The_human_error_is_what_bias_is_measured_from()
    {
        Answer answer = _shell.Run([.. Faulty, "--split", "60/20/20", "--human-error", "0.7", "--run",
            _shell.Path("run")]);
        Assert.Contains("bias-and-variance-low: Human error 70 %", answer.Out, StringComparison.Ordinal);
        Assert.Contains("\"human-error\": 0.7", File.ReadAllText(_shell.Path("run/config.json")),
            StringComparison.Ordinal);
        Answer wrong = _shell.Run([.. Faulty, "--human-error", "2"]);
        Assert.Equal(2, wrong.Code);
        Assert.Contains("--human-error is a share from 0 to below 1", wrong.Error, StringComparison.Ordinal);
    }
}
