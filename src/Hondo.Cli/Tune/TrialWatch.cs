using Hondo.Training;
using Hondo.Tuning;

namespace Hondo.Cli.Tune;

/// <summary>Tells a trial how its training goes, and ends the training that is not worth going on.</summary>
/// <param name="trial">The trial.</param>
/// <param name="metric">The number that is looked for.</param>
/// <param name="givesUp">What is found gives up too.</param>
sealed class TrialWatch(Trial trial, string metric, bool givesUp) : Callback
{
    // Findings after which a training hardly ever comes to anything.
    static readonly string[] Hopeless = ["divergence", "loss-does-not-fall", "one-answer", "layers-collapse",
        "learning-rate-too-high", "learning-rate-too-low"];

    /// <summary>Why the training was given up; null when it was not.</summary>
    public string? Reason { get; private set; }

    // A training that goes on tells again what it told before: the same, to the same effect.
    protected override void OnTrainBegin(TrainingRun run)
    {
        foreach (EpochRecord epoch in run.History)
            Tell(run, epoch);
    }

    protected override void OnEpochEnd(TrainingRun run) => Tell(run, run.History[^1]);

    protected override void OnFinding(TrainingRun run, Finding finding)
    {
        if (!givesUp || run.Epoch >= run.Epochs || !Hopeless.Contains(finding.Code))
            return;
        trial.Note("finding", finding.Code);
        GiveUp(run, $"the diagnosis says {finding.Code}");
    }

    void Tell(TrainingRun run, EpochRecord epoch)
    {
        if (!trial.Report(epoch.Epoch, (epoch.Dev ?? epoch.Train)[metric]) && epoch.Epoch < run.Epochs)
            GiveUp(run, "the others were better at this epoch");
    }

    void GiveUp(TrainingRun run, string reason)
    {
        Reason ??= reason;
        run.Stop($"trial {trial.Number} was given up: {reason}");
    }
}
