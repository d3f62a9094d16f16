using Hondo.Training;

namespace Hondo.Watching;

/// <summary>A line for each epoch, as the terminal shows it.</summary>
sealed class Progress : Callback
{
    protected override void OnEpochEnd(TrainingRun run) =>
        Console.Error.WriteLine($"Epoch {run.Epoch}  {run.StepInEpoch}/{run.StepsPerEpoch}  {run.History[^1].Train}");
}
