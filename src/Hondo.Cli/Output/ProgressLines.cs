using System.Globalization;
using Hondo.Training;

namespace Hondo.Cli.Output;

/// <summary>
/// One line for each epoch, in Keras's form: <c>Epoch 3/10  469/469  4.1 s  loss 0.0471  accuracy 0.9853  …</c>
/// </summary>
sealed class ProgressLines(TextWriter writer) : Callback
{
    bool _hasEnded;

    protected override void OnTrainBegin(TrainingRun run) => _hasEnded = false;

    protected override void OnLastStep(TrainingRun run) => _hasEnded = true;

    // An error ends the training, and is told then; what is found at the end stands in the diagnosis below.
    protected override void OnFinding(TrainingRun run, Finding finding)
    {
        if (finding.Severity != Severity.Error && !_hasEnded)
            writer.WriteLine($"{(finding.Severity == Severity.Note ? "note" : "warning")}: {finding.Message}");
    }

    protected override void OnEpochEnd(TrainingRun run) => writer.WriteLine(Of(run));

    /// <summary>The line of the epoch that has just ended.</summary>
    public static string Of(TrainingRun run)
    {
        EpochRecord epoch = run.History[^1];
        string dev = epoch.Dev is null ? "" : "  " + string.Join("  ", epoch.Dev.Select(value =>
            $"dev {value.Name} {ScoreText.Of(value.Value)}"));
        return string.Create(CultureInfo.InvariantCulture, $"Epoch {epoch.Epoch}/{run.Epochs}  ")
            + string.Create(CultureInfo.InvariantCulture, $"{run.StepInEpoch}/{run.StepsPerEpoch}  ")
            + string.Create(CultureInfo.InvariantCulture, $"{epoch.Seconds:0.0} s  {epoch.Train}{dev}");
    }
}
