using Hondo.Kernels;

namespace Hondo.Tuning;

/// <summary>
/// Coarse to fine, as Ng's course draws it: first everywhere by chance, then ever denser around the best. In each of
/// four stages the box is the one that the best tenth of the trials so far fill, a little wider.
/// </summary>
public sealed class CoarseToFineSampler : ISampler
{
    const int Stages = 4;

    /// <summary>Trials in the first stage when nobody knows how many there will be.</summary>
    public int StageSize { get; init; } = 25;

    /// <inheritdoc/>
    public IProposal Begin(SamplerView view)
    {
        int size = Math.Max(4, view.Trials / Stages ?? StageSize);
        // Of the trials seen those of the stages before: all of a stage are drawn from the same box.
        int stage = Math.Min(view.Number / size, view.Trials is null ? int.MaxValue : Stages - 1);
        TrialRecord[] before = [.. view.Seen.Where(trial => trial.Number < stage * size)];
        TrialRecord[] best = [.. (view with { Seen = before }).Ranked()
            .Where(trial => trial.State == TrialState.Complete).Take(Math.Max(3, before.Length / 10))];
        return new Proposal(view, best);
    }

    sealed class Proposal(SamplerView view, TrialRecord[] best) : IProposal
    {
        public double Next(string name, ParameterRange range)
        {
            Philox random = view.Random(name);
            double[] units = [.. best.SelectMany(trial => trial.Parameters)
                .Where(one => one.Name == name && one.Range.Equals(range)).Select(one => range.ToUnit(one.Value))];
            if (units.Length == 0)
                return range.FromUnit(random.Uniform(0));
            if (range.IsUnordered)
                return range.FromUnit(units[(int)(random.Uniform(0) * units.Length)]);
            double low = units.Min(), high = units.Max(), margin = Math.Max(0.02, (high - low) / 10);
            (low, high) = (Math.Max(0, low - margin), Math.Min(1, high + margin));
            return range.FromUnit(low + random.Uniform(0) * (high - low));
        }
    }
}

/// <summary>
/// NSGA-II (Deb et al. 2002) for several objectives: two parents by their fronts and their crowding, each parameter of
/// one of them, and now and then a new value.
/// </summary>
public sealed class NsgaSampler : ISampler
{
    /// <summary>How many of the best are parents.</summary>
    public int Population { get; init; } = 20;

    /// <summary>So many trials begin.</summary>
    public int Startup { get; init; } = 20;

    /// <inheritdoc/>
    public IProposal Begin(SamplerView view)
    {
        TrialRecord[] parents = [.. view.Ranked().Where(trial => trial.State == TrialState.Complete).Take(Population)];
        return parents.Length < Startup ? new SobolSampler().Begin(view) : new Proposal(view, parents);
    }

    sealed class Proposal : IProposal
    {
        readonly SamplerView _view;
        readonly TrialRecord[] _parents;

        public Proposal(SamplerView view, TrialRecord[] population)
        {
            _view = view;
            Philox random = view.Random("parents");
            // A tournament of two: of ranked trials the one that stands before the other.
            _parents = [.. Enumerable.Range(0, 2).Select(i => population[Math.Min(
                (int)(random.Uniform(2 * i) * population.Length), (int)(random.Uniform(2 * i
                    + 1) * population.Length))])];
        }

        public double Next(string name, ParameterRange range)
        {
            Philox random = _view.Random(name);
            double[] units = [.. _parents.SelectMany(trial => trial.Parameters)
                .Where(one => one.Name == name && one.Range.Equals(range)).Select(one => range.ToUnit(one.Value))];
            double mutation = 1.0 / Math.Max(1, _parents[0].Parameters.Count);
            if (units.Length == 0 || random.Uniform(0) < mutation / 2)
                return range.FromUnit(random.Uniform(1));
            double unit = units[(int)(random.Uniform(2) * units.Length)];
            if (!range.IsUnordered && random.Uniform(3) < mutation)
                unit = Math.Clamp(unit + 0.1 * random.Normal(4), 0, 1);
            return range.FromUnit(unit);
        }
    }
}
