using System.Globalization;

namespace Hondo.Tuning;

/// <summary>
/// The two best trials of the search again, each with so many other seeds: a value that was the best of many is
/// flattered by chance, and how much chance does is known only from trainings that differ in nothing else. Fewer are
/// enough where the best is far from the usual settings.
/// </summary>
sealed class Confirmation(Study study)
{
    /// <summary>What a training with the usual settings is for.</summary>
    public const string Baseline = "baseline";

    const string Word = "confirm ";

    const int FewRounds = 3;

    const double Clear = 0.005;

    /// <summary>The number of the trial that one confirms; null for those of the search.</summary>
    public static int? Of(string purpose) => purpose.StartsWith(Word, StringComparison.Ordinal)
        ? int.Parse(purpose[Word.Length..], CultureInfo.InvariantCulture) : null;

    /// <summary>Adds the trials, once the search is done; false when there is nothing more to do.</summary>
    public bool Plan()
    {
        if (study.Settings.Confirmations == 0 || study.Settings.Directions.Count > 1)
            return false;
        IReadOnlyList<TrialRecord> trials = study.Trials;
        // Another worker has added them meanwhile.
        if (trials.Any(trial => !trial.IsFinished))
            return true;
        TrialRecord[] best = [.. study.Ranked(trials).Take(2)];
        int had = best.Length > 0 ? trials.Count(trial => Of(trial.Purpose) == best[0].Number) : 0;
        int left = study.Settings.Confirmations - had;
        if (best.Length == 0 || left <= 0 || IsClear(trials, best[0].Number))
            return false;
        // In turns: what is known early is known of all.
        (string, IReadOnlyDictionary<string, double>)[] round = [.. best.Select(trial => ($"{Word}{trial.Number}",
            (IReadOnlyDictionary<string, double>)trial.Parameters.ToDictionary(one => one.Name, one => one.Value)))];
        if (study.Settings.HasBaseline)
            round = [.. round, (Baseline, new Dictionary<string, double>())];
        study.Storage.Enqueue(study.Name, trials.Count, [.. Enumerable.Range(0, study.Settings.HasBaseline && had == 0
            ? Math.Min(left, FewRounds) : left).SelectMany(_ => round)]);
        return true;
    }

    // A difference to the usual settings so large that more trainings would say the same: who looks twice must ask for
    // more than the usual one in twenty.
    static bool IsClear(IReadOnlyList<TrialRecord> trials, int best)
    {
        double[] usual = [.. trials.Where(trial => trial.Purpose == Baseline && trial.State == TrialState.Complete)
            .Select(trial => trial.Values[0])];
        return StudentT.Welch(StudyAdvice.Confirmed(trials, best), usual) < Clear;
    }
}
