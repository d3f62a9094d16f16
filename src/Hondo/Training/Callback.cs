using Hondo.Findings;

namespace Hondo.Training;

/// <summary>
/// A callback that gives the weights of the best epoch back: what changes the weights of an epoch stands before it.
/// </summary>
public interface IKeepsBest;

/// <summary>
/// Something that is done at certain moments of a training: override the moments that matter. Give it to
/// <see cref="Trainer.Callbacks"/>.
/// </summary>
public abstract class Callback
{
    /// <summary>Before the first step.</summary>
    protected internal virtual void OnTrainBegin(TrainingRun run) { }

    /// <summary>Before the first batch of an epoch.</summary>
    protected internal virtual void OnEpochBegin(TrainingRun run) { }

    /// <summary>
    /// After Backward and before the update: the gradients are as they came. Runs within a step: keep it short and do
    /// not allocate.
    /// </summary>
    protected internal virtual void OnGradients(TrainingRun run) { }

    /// <summary>After each batch. Runs between two steps of a fast loop: keep it short and do not allocate.</summary>
    protected internal virtual void OnStepEnd(TrainingRun run) { }

    /// <summary>
    /// After the last step of an epoch, before the dev part is measured: the weights that are set here are measured,
    /// and kept when the epoch is the best.
    /// </summary>
    protected internal virtual void OnEvaluate(TrainingRun run) { }

    /// <summary>After each epoch; <c>run.History[^1]</c> has its numbers.</summary>
    protected internal virtual void OnEpochEnd(TrainingRun run) { }

    /// <summary>When something was noticed, with its code, numbers and remedy; tells <see cref="OnWarning"/>.</summary>
    protected internal virtual void OnFinding(TrainingRun run, Finding finding) => OnWarning(run, finding.Message);

    /// <summary>When something was noticed, as a sentence or two.</summary>
    protected internal virtual void OnWarning(TrainingRun run, string message) { }

    /// <summary>
    /// After the last step, stopped or not, while the model is still the one of this step: what a run that goes on
    /// needs is saved here, before an <see cref="OnTrainEnd"/> gives other weights back.
    /// </summary>
    protected internal virtual void OnLastStep(TrainingRun run) { }

    /// <summary>After the last step, also when training was stopped or cancelled, but not after an error.</summary>
    protected internal virtual void OnTrainEnd(TrainingRun run) { }
}
