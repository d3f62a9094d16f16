using System.Globalization;

namespace Hondo.Tuning;

/// <summary>
/// The two best trials of the search again, each with so many other seeds: a value that was the best of many is
/// flattered by chance, and how much chance does is known only from trainings that differ in nothing else.
/// </summary>
sealed class Confirmation(Study study)
{
    /// <summary>What a training with the usual settings is for.</summary>
    public const string Baseline = "baseline";

    const string Word = "confirm ";

    /// <summary>The number of the trial that one confirms; null for those of the search.</summary>
    public static int? Of(string purpose) => purpose.StartsWith(Word, StringComparison.Ordinal)
        ? int.Parse(purpose[Word.Length..], CultureInfo.InvariantCulture) : null;

    /// <summary>Adds the trials, once the search is done; false when there is nothing more to do.</summary>
    public bool Plan()
    {
        if (study.Settings.Confirmations == 0 || study.Settings.Directions.Count > 1)
            return false;
        IReadOnlyList<TrialRecord> trials = study.Trials;
        if (trials.Any(trial => Of(trial.Purpose) is not null))
            return false;
        TrialRecord[] best = [.. study.Ranked().Take(2)];
        if (best.Length == 0)
            return false;
        // In turns: what is known early is known of both.
        (string, IReadOnlyDictionary<string, double>)[] round = [.. best.Select(trial => ($"{Word}{trial.Number}",
            (IReadOnlyDictionary<string, double>)trial.Parameters.ToDictionary(one => one.Name, one => one.Value)))];
        if (study.Settings.HasBaseline)
            round = [.. round, (Baseline, new Dictionary<string, double>())];
        study.Storage.Enqueue(study.Name, trials.Count,
            [.. Enumerable.Range(0, study.Settings.Confirmations).SelectMany(_ => round)]);
        return true;
    }
}
