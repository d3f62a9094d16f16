using System.Collections;
using Hondo.Findings;

namespace Hondo.Training;

/// <summary>The course of a training, epoch by epoch: <c>history["dev accuracy"]</c> is a curve.</summary>
public sealed class History : IReadOnlyList<EpochRecord>
{
    readonly List<EpochRecord> _epochs = [];

    /// <summary>How many epochs there were.</summary>
    public int Count => _epochs.Count;

    /// <summary>An epoch by its place, from 0; <c>history[^1]</c> is the last.</summary>
    public EpochRecord this[int i] => _epochs[i];

    /// <summary>Why training ended before its last epoch, or null.</summary>
    public string? StopReason { get; internal set; }

    /// <summary>What was noticed: of the data always, of the rest when a diagnosis was among the
    /// callbacks.</summary>
    public IReadOnlyList<Finding> Findings { get; internal set; } = [];

    /// <summary>The names of the numbers: <c>loss</c>, <c>accuracy</c>, <c>dev loss</c>, …</summary>
    public IReadOnlyList<string> Names =>
        _epochs.Count > 0 ? [.. _epochs[0].Numbers.Select(number => number.Name)] : [];

    /// <summary>One number over the epochs.</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name; the message lists the names.</exception>
    public double[] this[string name] => Names.Contains(name)
        ? [.. _epochs.Select(epoch => epoch.Numbers.First(number => number.Name == name).Value)]
        : throw new KeyNotFoundException(
            $"There is no '{name}' in this history: there are {string.Join(", ", Names)}.");

    /// <inheritdoc/>
    public IEnumerator<EpochRecord> GetEnumerator() => _epochs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(EpochRecord epoch) => _epochs.Add(epoch);
}

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
