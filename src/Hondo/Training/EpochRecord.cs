namespace Hondo.Training;

/// <summary>What one epoch gave.</summary>
/// <param name="Epoch">Which one, counted from 1.</param>
/// <param name="Train">Loss and metrics of the training part, gathered while its batches were trained on.</param>
/// <param name="Dev">Loss and metrics of the dev part after the epoch, or null without one.</param>
/// <param name="Seconds">How long the epoch took, the dev part included.</param>
/// <param name="LearningRate">The learning rate of its last step.</param>
/// <param name="Steps">Batches trained on since training began.</param>
public sealed record EpochRecord(
    int Epoch, Scores Train, Scores? Dev, double Seconds, double LearningRate, long Steps)
{
    /// <summary>Every number by its name; those of the dev part are <c>dev loss</c>, <c>dev accuracy</c>, …</summary>
    public IEnumerable<(string Name, double Value)> Numbers =>
        Train.Concat(Dev?.Select(value => ($"dev {value.Name}", value.Value)) ?? []);
}
