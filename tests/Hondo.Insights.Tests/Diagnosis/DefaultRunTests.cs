using Hondo.Data;
using Hondo.Training;
using Xunit.Abstractions;

namespace Hondo.Insights.Tests;

/// <summary>
/// Named models as the command line trains them when nothing else is said: healthy all of them. What is said of bias,
/// variance and overfitting is no alarm: of few samples it is true.
/// </summary>
public sealed class DefaultRunTests(ITestOutputHelper output)
{
    const string Line = "In a village of La Mancha, whose name I do not care to remember, there lived a gentleman. ";

    static readonly (string Data, string Model, int? Epochs, ulong Seed)[] Runs =
    [
        .. from model in (string[])["mlp", "softmax", "linear"]
           from seed in (ulong[])[1, 2, 3]
           select ("iris", model, (int?)null, seed),
        .. from data in (string[])["wine", "breast_cancer"]
           from model in (string[])["mlp", "softmax"]
           select (data, model, (int?)null, 1ul),
        ("diabetes", "mlp", null, 1), ("diabetes", "linear", null, 1),
        ("digits", "mlp", 4, 1), ("digits", "softmax", 4, 1), ("digits", "linear", 4, 1), ("digits", "lenet5", 3, 1),
        ("digits", "cnn", 2, 1),
        ("text", "char-rnn(cell: rnn, hidden: 24, layers: 1)", 3, 1), ("text", "char-gru(hidden: 24, layers: 1)", 3, 1),
        ("text", "char-lstm(hidden: 24, layers: 1)", 3, 1),
    ];

    public static TheoryData<string> Names => [.. Runs.Select(Name)];

    static string Name((string Data, string Model, int? Epochs, ulong Seed) run) =>
        $"{run.Model} on {run.Data}, seed {run.Seed}";

    [Theory]
    [MemberData(nameof(Names))]
    public void A_default_run_raises_no_alarm(string name)
    {
        (string data, string model, int? epochs, ulong seed) = Runs.Single(run => Name(run) == name);
        if (Parts(data, seed) is not { } parts)
            return;
        Recipe recipe = Recipe.For(parts, model, epochs) with { Seed = seed };
        History history = recipe.Trainer(parts, new Diagnosis()).Fit(parts);
        foreach (Finding finding in history.Findings)
            output.WriteLine($"{finding.Code} [{finding.Layer}]: {finding.Message}");
        Assert.Empty(history.Findings.Where(finding => finding.Severity != Severity.Note
            && !finding.Code.StartsWith("high-", StringComparison.Ordinal) && finding.Code != "overfitting")
            .Select(finding => finding.Message));
    }

    [Fact]
    public void With_the_others_there_are_at_least_40_healthy_runs() =>
        Assert.True(Runs.Length + HealthyRunTests.Names.Count >= 40);

    // The tables lie beside the repository, if at all.
    static DataSplits? Parts(string data, ulong seed)
    {
        string table = Path.Combine(Environment.GetEnvironmentVariable("HONDO_DATA") ?? "", "tabular", $"{data}.csv");
        return data switch
        {
            "iris" => Split.TrainAndTest.Of(Datasets.Iris(), seed),
            "digits" => new(Datasets.Digits().Train.Take(1500)),
            "text" => TextData.Of("text", string.Concat(Enumerable.Repeat(Line, 150)),
                new() { Window = 16, Streams = 16 }),
            _ => File.Exists(table) ? Whole(table, seed) : null,
        };
    }

    static DataSplits Whole(string table, ulong seed)
    {
        DataSplits whole = DataSource.Open(table, new()).Parts;
        return (whole.Train.Count < 300 ? Split.TrainAndTest : Split.Usual).Of(whole, seed);
    }
}
