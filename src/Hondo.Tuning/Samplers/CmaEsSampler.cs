namespace Hondo.Tuning;

/// <summary>
/// CMA-ES (Hansen 2016, arXiv:1604.00772): a normal distribution whose mean, size and shape follow the best of each
/// generation. A generation is made of the trials that were drawn from the distribution before it; which these are
/// follows from the trials seen, so that nothing else is kept. Parameters without order, and those that not every
/// trial has, are left to <see cref="TpeSampler"/>.
/// </summary>
public sealed class CmaEsSampler : ISampler
{
    /// <summary>The deviation that the search begins with, of each range.</summary>
    public double Deviation { get; init; } = 1.0 / 6;

    /// <inheritdoc/>
    public IProposal Begin(SamplerView view)
    {
        TrialRecord[] seen = [.. view.Seen.Where(trial => trial.Parameters.Count > 0)];
        SuggestedValue[] common = [.. Common(seen)];
        return common.Length == 0 ? new Proposal(new RandomSampler().Begin(view), [])
            : new Proposal(new TpeSampler().Begin(view), Draw(view, seen, common));
    }

    // What every trial has in one range, and has an order.
    static IEnumerable<SuggestedValue> Common(TrialRecord[] seen) => seen.Length == 0 ? []
        : seen[0].Parameters.Where(one => !one.Range.IsUnordered && Array.TrueForAll(seen, trial =>
            trial.Parameters.Any(other => other.Name == one.Name && other.Range.Equals(one.Range))));

    Dictionary<string, double> Draw(SamplerView view, TrialRecord[] seen, SuggestedValue[] common)
    {
        int d = common.Length;
        var state = new CmaState(d, Deviation);
        // The generation of a trial is that which was complete among the trials it saw: k − lag, as all did here.
        int lag = Math.Max(1, view.Number - seen.Length);
        List<(double Loss, double[] X)> open = [];
        int[] generation = new int[Math.Max(view.Number, 1) + 1];
        double[] losses = Prospects.Of(seen, view);
        int place = 0;
        for (int number = 0; number <= view.Number && number < generation.Length; number++)
        {
            while (place < seen.Length && seen[place].Number <= number - lag)
            {
                if (generation[seen[place].Number] == state.Generation)
                    open.Add((losses[place], Units(seen[place], common)));
                place++;
                if (open.Count == state.Size)
                {
                    state.Learn(open);
                    open.Clear();
                }
            }
            generation[number] = state.Generation;
        }
        double[] x = state.Draw(view.Random("cma-es"));
        return common.Select((one, i) => (one.Name, Value: one.Range.FromUnit(x[i])))
            .ToDictionary(one => one.Name, one => one.Value);
    }

    static double[] Units(TrialRecord trial, SuggestedValue[] common) =>
        [.. common.Select(one => one.Range.ToUnit(trial[one.Name]!.Value))];

    sealed class Proposal(IProposal others, Dictionary<string, double> values) : IProposal
    {
        public double Next(string name, ParameterRange range) =>
            values.TryGetValue(name, out double value) && range.Contains(value) ? value : others.Next(name, range);
    }
}
