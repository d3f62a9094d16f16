using Hondo.Training;

namespace Hondo.Tests.Training;

/// <summary>Notes the moments of a training, and does something after each step.</summary>
sealed class Recorder(Action<TrainingRun>? afterStep = null) : Callback
{
    public List<string> Moments { get; } = [];

    protected internal override void OnTrainBegin(TrainingRun run) => Moments.Add("begin");

    protected internal override void OnEpochBegin(TrainingRun run) => Moments.Add("epoch begin");

    protected internal override void OnStepEnd(TrainingRun run)
    {
        Moments.Add("step");
        afterStep?.Invoke(run);
    }

    protected internal override void OnEpochEnd(TrainingRun run) => Moments.Add("epoch end");

    protected internal override void OnTrainEnd(TrainingRun run) => Moments.Add("end");
}
