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
        int[] pruned = [.. Enumerable.Range(0, trials.Count).Where(i => trials[i].State == TrialState.Pruned
            && trials[i].Points.Count > 0)];
        string[] kinds = pruned.Length == 0 ? [] : [.. trials.Select(trial => KindOf(trial.Parameters))];
        // The longest first: what they would have come to tells of the shorter ones.
        foreach (var group in pruned.GroupBy(i => (trials[i].Points[^1].Step, Kind: kinds[i]))
            .OrderByDescending(group => group.Key.Step).ThenBy(group => group.Key.Kind, StringComparer.Ordinal))
        {
            Courses courses = new(trials, losses, view, group.Key.Step, i => kinds[i] == group.Key.Kind);
            if (courses.IsEmpty)
                courses = new(trials, losses, view, group.Key.Step, _ => true);
            foreach (int i in group)
                losses[i] = courses.Foretold(view.Loss(trials[i].Points[^1].Value));
        }
        return losses;
    }

    // Where trials were at a step and what they came to, by where they were; of several at one place the best.
    readonly struct Courses
    {
        readonly double[] _at, _end, _best;

        public Courses(IReadOnlyList<TrialRecord> trials, double[] losses, SamplerView view, int step,
            Func<int, bool> isOne)
        {
            List<(double At, double End)> all = [];
            for (int i = 0; i < trials.Count; i++)
                if (double.IsFinite(losses[i]) && isOne(i) && LossAt(trials[i], step, view) is var at
                    && double.IsFinite(at))
                    all.Add((at, losses[i]));
            all.Sort();
            (double At, double End)[] one = [.. all.DistinctBy(course => course.At)];
            (_at, _end) = (Array.ConvertAll(one, course => course.At), Array.ConvertAll(one, course => course.End));
            _best = [.. _end];
            for (int i = 1; i < _best.Length; i++)
                _best[i] = Math.Min(_best[i], _best[i - 1]);
        }

        public bool IsEmpty => _at.Length == 0;

        // A slow learner far behind gains much yet: what it gains says nothing of one that is nearly there.
        public double Foretold(double now)
        {
            if (IsEmpty || !double.IsFinite(now))
                return now;
            int after = Array.BinarySearch(_at, now);
            after = after < 0 ? ~after : after + 1;
            int nearest = after == 0 ? 0 : after == _at.Length || now - _at[after - 1] <= _at[after] - now ? after - 1
                : after;
            return Math.Max(now + _end[nearest] - _at[nearest], _best[after > 0 ? after - 1 : ^1]);
        }
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
