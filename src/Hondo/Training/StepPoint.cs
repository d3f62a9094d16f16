namespace Hondo.Training;

/// <summary>
/// What a step gave, as it is noted between two steps: it costs nothing there, and becomes text when many of them are
/// written.
/// </summary>
/// <param name="Step">Steps since training began.</param>
/// <param name="Epoch">The epoch, counted from 1.</param>
/// <param name="Loss">The loss of its batch.</param>
/// <param name="LearningRate">The learning rate of its update.</param>
/// <param name="Elapsed">When it was, in the time of the training.</param>
/// <param name="Time">When it was, in the world's time.</param>
readonly record struct StepPoint(long Step, int Epoch, double Loss, double LearningRate, TimeSpan Elapsed,
    DateTime Time)
{
    /// <summary>The step that has just ended.</summary>
    public static StepPoint Of(TrainingRun run) => new(run.Step, run.Epoch, run.StepLoss, run.Optimizer.LearningRate,
        run.Elapsed, DateTime.UtcNow);
}
