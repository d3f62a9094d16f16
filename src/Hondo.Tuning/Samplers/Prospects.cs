using System.Globalization;

namespace Hondo.Tuning;

/// <summary>
/// What trials came to, or would probably have come to: a model of the search that takes what was given up for
/// worthless learns nothing from most of the trials, and one that takes its last value as it stands finds that short
/// trainings are bad ones.
/// </summary>
static class Prospects
{
    // So many kinds of trials at most are told apart: of more there would be too few of each.
    const int MostKinds = 4;

    /// <summary>
    /// The first objective of each, the less the better: of a pruned trial its last value, and what the one nearest to
    /// it at that step got from there to its end, but nothing better than the best of those that were ahead of it.
    /// Infinity where nothing is known.
    /// </summary>
    public static double[] Of(IReadOnlyList<TrialRecord> trials, SamplerView view)
    {
        double[] losses = [.. trials.Select(trial => trial.State == TrialState.Complete ? view.Loss(trial)
            : double.PositiveInfinity)];
        if (view.Directions.Count > 1)
            return losses;
        string[] kinds = [.. trials.Select(trial => KindOf(trial.Parameters))];
        // The longest first: what they would have come to tells of the shorter ones.
        foreach (var group in Enumerable.Range(0, trials.Count)
            .Where(i => trials[i].State == TrialState.Pruned && trials[i].Points.Count > 0)
            .GroupBy(i => (trials[i].Points[^1].Step, Kind: kinds[i])).OrderByDescending(group => group.Key.Step)
            .ThenBy(group => group.Key.Kind, StringComparer.Ordinal).ToArray())
        {
            (double At, double End)[] all = Courses(_ => true), own = Courses(i => kinds[i] == group.Key.Kind);
            foreach (int i in group)
                losses[i] = Foretold(view.Loss(trials[i].Points[^1].Value), own.Length > 0 ? own : all);

            // By where they were; of several at one place the best.
            (double At, double End)[] Courses(Func<int, bool> isOne) => [.. Enumerable.Range(0, trials.Count)
                .Where(isOne).Select(i => (At: LossAt(trials[i], group.Key.Step, view), End: losses[i]))
                .Where(course => double.IsFinite(course.At) && double.IsFinite(course.End)).Order()
                .DistinctBy(course => course.At)];
        }
        return losses;
    }

    // A slow learner far behind gains much yet: what it gains says nothing of one that is nearly there.
    static double Foretold(double now, (double At, double End)[] courses)
    {
        if (courses.Length == 0 || !double.IsFinite(now))
            return now;
        int after = Array.BinarySearch(courses, (now, double.PositiveInfinity));
        after = after < 0 ? ~after : after + 1;
        (double at, double end) = after == 0 ? courses[0] : after == courses.Length ? courses[^1]
            : now - courses[after - 1].At <= courses[after].At - now ? courses[after - 1] : courses[after];
        double best = double.PositiveInfinity;
        foreach ((_, double one) in after > 0 ? courses.AsSpan(0, after) : courses)
            best = Math.Min(best, one);
        return Math.Max(now + end - at, best);
    }

    static double LossAt(TrialRecord trial, int step, SamplerView view)
    {
        // Mostly a point for each step.
        if (step <= trial.Points.Count && trial.Points[step - 1].Step == step)
            return view.Loss(trial.Points[step - 1].Value);
        foreach (TrialPoint point in trial.Points)
            if (point.Step == step)
                return view.Loss(point.Value);
        return double.NaN;
    }

    /// <summary>
    /// What was chosen: with another augmentation or another schedule a training learns at another speed, and at the
    /// same step they cannot be compared. Empty when there are too many kinds.
    /// </summary>
    public static string KindOf(IReadOnlyList<SuggestedValue> parameters)
    {
        string kind = "";
        int kinds = 1;
        for (int i = 0; i < parameters.Count; i++)
            if (parameters[i].Range is { IsUnordered: true, Count: int count })
            {
                kind = string.Create(CultureInfo.InvariantCulture,
                    $"{kind}{parameters[i].Name} {parameters[i].Value} ");
                kinds = Math.Min(kinds * count, MostKinds + 1);
            }
        return kinds <= MostKinds ? kind : "";
    }
}
