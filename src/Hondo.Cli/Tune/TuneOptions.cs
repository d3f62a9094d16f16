using System.CommandLine;
using Hondo.Tuning;

namespace Hondo.Cli.Tune;

/// <summary>The options of <c>hondo tune</c>: those of a training, whose texts may have open places, and the search's.
/// </summary>
sealed class TuneOptions
{
    public TrainOptions Train { get; } = new();

    public Option<string> Batch { get; } = Text("--batch", "TEXT", "samples a step, e.g. {32|64|128}");

    public Option<int?> Trials { get; } = NumberOption.From(1, "--trials", "how many trainings the search has; 40");

    public Option<string> TimeLimit { get; } = Text("--time-limit", "TIME",
        "end after 90s, 10m or 1h30m; the same command goes on");

    public Option<string> Sampler { get; } = Text("--sampler", "NAME",
        $"what chooses values: {string.Join(", ", SamplerCatalog.Names)}; tpe");

    public Option<string> Pruner { get; } = Text("--pruner", "TEXT",
        $"what gives up trials: {string.Join(", ", PrunerCatalog.Names)}; asha");

    public Option<string> Diagnosis { get; } = Text("--diagnosis", "on|off",
        "give up trials that diverged, died or learn nothing; on");

    public Option<int?> Workers { get; } = NumberOption.From(1, "--workers",
        "trainings at a time; one for each processor, up to the lag");

    public Option<int?> Lag { get; } = NumberOption.From(0, "--lag",
        "a trial sees the results of those so many numbers before it, whoever ran them: the same result for any "
        + "number of workers; 0: of all that are finished; 4");

    public Option<string> Study { get; } = Text("--study", "PLACE",
        "a file, or postgres://user:password@host/database for workers on several machines; studies/DATA.db");

    public Option<string> Name { get; } = Text("--name", "NAME", "the study in that place; the name of the data");

    public Option<string> Runs { get; } = Text("--runs", "FOLDER", "where the trials' run folders are; runs/STUDY");

    public Option<string> Objective { get; } = Text("--objective", "METRICS",
        "what is looked for in the dev part: accuracy, loss, …, or two, accuracy,parameters; what fits the data");

    public Option<int?> Folds { get; } = NumberOption.From(2, "--folds",
        "cross-validation in each trial: the mean of so many parts");

    public Option<int?> Confirm { get; } = NumberOption.From(0, "--confirm",
        "trainings of the best two and of the usual settings with fresh seeds, after the search; 5, or 3 when they "
        + "tell enough");

    public Option<string> After { get; } = Text("--after", "NAME", "begin with what another study of the place found");

    public Option<bool> Worker { get; } = new("--worker") { Hidden = true };

    /// <summary>The texts that may have open places.</summary>
    public IReadOnlyList<(string Name, Option Option)> Texts => [("model", Train.Model), ("optimizer", Train.Optimizer),
        ("schedule", Train.Schedule), ("batch", Batch), ("augment", Train.Augment)];

    /// <summary>What every trial is given as it is.</summary>
    public IReadOnlyList<Option> Given => [.. Train.Table.All, Train.Loss, Train.Epochs, Train.Size, Train.Split,
        Train.Normalize, Train.Tokens, Train.Window, Train.Average, .. Train.Acting.Select(one => one.Option)];

    /// <summary>What a study keeps from its beginning on.</summary>
    public IEnumerable<Option> OfNewStudies => [.. Texts.Select(text => text.Option), .. Given, Train.Seed, Trials,
        Sampler, Pruner, Diagnosis, Lag, Runs, Objective, Folds, Confirm];

    public Command AddTo(Command command)
    {
        command.Add(Train.Data);
        Diagnosis.AcceptOnlyFromAmong("on", "off");
        foreach (Option option in (IEnumerable<Option>)[.. OfNewStudies, Train.Threads, TimeLimit, Workers, Study, Name,
            After, Worker, Train.Quiet, Train.Json])
            command.Add(option);
        return command;
    }

    static Option<string> Text(string name, string help, string description) =>
        new(name) { Description = description, HelpName = help };
}
