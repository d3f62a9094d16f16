namespace Hondo.Tuning;

/// <summary>Which trials no other one beats in every objective.</summary>
public static class ParetoFront
{
    /// <summary>The complete trials that no other one dominates, in the order of their numbers.</summary>
    public static IReadOnlyList<TrialRecord> Of(IReadOnlyList<TrialRecord> trials, SamplerView view)
    {
        Dictionary<TrialRecord, int> ranks = Ranks(trials, view);
        return [.. trials.Where(trial => ranks.TryGetValue(trial, out int rank) && rank == 0)];
    }

    /// <summary>The front of each complete trial: 0 undominated, 1 undominated without those, … (Deb et al. 2002).
    /// </summary>
    internal static Dictionary<TrialRecord, int> Ranks(IReadOnlyList<TrialRecord> trials, SamplerView view)
    {
        List<TrialRecord> open = [.. trials.Where(trial => trial.State == TrialState.Complete)];
        var ranks = new Dictionary<TrialRecord, int>(ReferenceEqualityComparer.Instance);
        for (int rank = 0; open.Count > 0; rank++)
        {
            TrialRecord[] front = [.. open.Where(one => !open.Exists(other => Dominates(other, one, view)))];
            foreach (TrialRecord trial in front)
                ranks[trial] = rank;
            open.RemoveAll(ranks.ContainsKey);
        }
        return ranks;
    }

    /// <summary>True when <paramref name="a"/> is nowhere worse, and better in an objective.</summary>
    internal static bool Dominates(TrialRecord a, TrialRecord b, SamplerView view)
    {
        bool isBetter = false;
        for (int i = 0; i < view.Directions.Count; i++)
        {
            double x = view.Loss(a, i), y = view.Loss(b, i);
            if (x > y)
                return false;
            isBetter |= x < y;
        }
        return isBetter;
    }

    /// <summary>The negative distance to the neighbours on the same front: the ends first, the crowded last.</summary>
    internal static double Uncrowded(TrialRecord trial, Dictionary<TrialRecord, int> ranks, SamplerView view)
    {
        double distance = 0;
        for (int i = 0; i < view.Directions.Count; i++)
        {
            double own = view.Loss(trial, i);
            double[] front = [.. ranks.Where(one => one.Value == ranks[trial]).Select(one => view.Loss(one.Key, i))];
            double low = front.Where(x => x < own).DefaultIfEmpty(double.NegativeInfinity).Max();
            double high = front.Where(x => x > own).DefaultIfEmpty(double.PositiveInfinity).Min();
            double spread = front.Max() - front.Min();
            distance += spread > 0 ? (high - low) / spread : 0;
        }
        return -distance;
    }
}
