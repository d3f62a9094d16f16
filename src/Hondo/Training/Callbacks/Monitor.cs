namespace Hondo.Training;

/// <summary>The number by which epochs are compared.</summary>
sealed class Monitor(string? name)
{
    /// <summary>The name asked for, else the dev loss, or without a dev part the training loss.</summary>
    public string Name(TrainingRun run) => name ?? (run.Data.Dev is null ? "loss" : "dev loss");

    /// <summary>True when the last epoch is better than every one before it.</summary>
    /// <exception cref="ArgumentException">There is no number of this name.</exception>
    public bool IsBest(TrainingRun run) => BestEpoch(run) == run.History.Count;

    /// <summary>The epoch, counted from 1, that is better than every one before it and no worse than any after it.
    /// </summary>
    /// <exception cref="ArgumentException">There is no number of this name.</exception>
    public int BestEpoch(TrainingRun run)
    {
        string monitored = Name(run);
        if (!run.History.Names.Contains(monitored))
            throw new ArgumentException($"There is no '{monitored}' to compare epochs by: there are "
                + $"{string.Join(", ", run.History.Names)}.");
        double[] values = run.History[monitored];
        bool isHigherBetter = IsHigherBetter(run, monitored);
        int best = 0;
        for (int i = 1; i < values.Length; i++)
            if (isHigherBetter ? values[i] > values[best] : values[i] < values[best])
                best = i;
        return best + 1;
    }

    static bool IsHigherBetter(TrainingRun run, string monitored)
    {
        string metric = monitored.StartsWith("dev ", StringComparison.Ordinal) ? monitored[4..] : monitored;
        return run.Trainer.Metrics.FirstOrDefault(m => m.Name == metric)?.IsHigherBetter ?? false;
    }
}
