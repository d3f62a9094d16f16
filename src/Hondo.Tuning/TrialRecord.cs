namespace Hondo.Tuning;

/// <summary>How a trial is.</summary>
public enum TrialState
{
    /// <summary>It was asked for and waits for a worker.</summary>
    Waiting,

    /// <summary>A worker has it.</summary>
    Running,

    /// <summary>It has its values.</summary>
    Complete,

    /// <summary>It was not worth going on.</summary>
    Pruned,

    /// <summary>It ended with an error, or without a finite value.</summary>
    Failed,
}

/// <summary>What is known of a trial.</summary>
public sealed record TrialRecord
{
    /// <summary>Its number, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>How it is.</summary>
    public TrialState State { get; init; } = TrialState.Running;

    /// <summary>What it got, in the order it asked.</summary>
    public IReadOnlyList<SuggestedValue> Parameters { get; init; } = [];

    /// <summary>What was set by hand when it was asked for.</summary>
    public IReadOnlyDictionary<string, double> Fixed { get; init; } = new Dictionary<string, double>();

    /// <summary>The values of the objectives; none as long as it is not complete.</summary>
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>How it went: steps and the first objective.</summary>
    public IReadOnlyList<TrialPoint> Points { get; init; } = [];

    /// <summary>Texts kept with it: its run folder, findings, why it failed.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();

    /// <summary>How long it took.</summary>
    public double Seconds { get; init; }

    /// <summary>Which of its holders writes now: a late write of an earlier one is refused.</summary>
    public long Fence { get; init; }

    /// <summary>
    /// What it is for: empty for the search, else <c>confirm 12</c>: trial 12 again, with another seed.
    /// </summary>
    public string Purpose { get; init; } = "";

    /// <summary>In the free mode the trials that were finished when it began: all that it saw.</summary>
    public IReadOnlyList<int>? Seen { get; init; }

    /// <summary>True when nothing more will change.</summary>
    public bool IsFinished => State is TrialState.Complete or TrialState.Pruned or TrialState.Failed;

    /// <summary>The value of a parameter; null when the trial has none of this name.</summary>
    public double? this[string name]
    {
        get
        {
            foreach (SuggestedValue one in Parameters)
                if (one.Name == name)
                    return one.Value;
            return null;
        }
    }
}

/// <summary>How a trial went up to a step.</summary>
/// <param name="Step">How far it was.</param>
/// <param name="Value">The first objective then; NaN for diverged.</param>
public readonly record struct TrialPoint(int Step, double Value);

/// <summary>What is wanted of an objective.</summary>
public enum Direction
{
    /// <summary>The less the better: a loss.</summary>
    Minimize,

    /// <summary>The more the better: an accuracy.</summary>
    Maximize,
}
