using System.Globalization;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Tuning;

/// <summary>Chooses what is tried next: a pure function of what a view shows.</summary>
public interface ISampler
{
    /// <summary>Begins the choice of one trial's values.</summary>
    IProposal Begin(SamplerView view);
}

/// <summary>The values of one trial, as they are asked for.</summary>
public interface IProposal
{
    /// <summary>The value of a parameter.</summary>
    double Next(string name, ParameterRange range);
}

/// <summary>
/// All that a sampler knows: seed, number, and the trials that it may see, in the order of their numbers.
/// </summary>
/// <param name="Seed">The study's seed.</param>
/// <param name="Number">The trial's number.</param>
/// <param name="Seen">Finished trials.</param>
/// <param name="Directions">What is wanted of each objective.</param>
public sealed record SamplerView(ulong Seed, int Number, IReadOnlyList<TrialRecord> Seen,
    IReadOnlyList<Direction> Directions)
{
    /// <summary>The texts that are searched; null when the parameters are asked for by a program.</summary>
    public SearchSpace? Space { get; init; }

    /// <summary>How many trials there will be; null when nobody knows.</summary>
    public int? Trials { get; init; }

    /// <summary>Trials of other studies, the oldest first: what a search begins with.</summary>
    public IReadOnlyList<TrialRecord> Earlier { get; init; } = [];

    /// <summary>Random numbers of a name: the same for the same seed, number and name.</summary>
    public Philox Random(string name) => new(Seed, RandomStream.Of(name), Number);

    /// <summary>Earlier trials, then those of this study.</summary>
    public IEnumerable<TrialRecord> All => Earlier.Count == 0 ? Seen : Earlier.Concat(Seen);

    /// <summary>An objective of a complete trial, the less the better.</summary>
    public double Loss(TrialRecord trial, int objective = 0) =>
        Directions[objective] == Direction.Minimize ? trial.Values[objective] : -trial.Values[objective];

    /// <summary>A reported value, the less the better; of NaN infinity.</summary>
    public double Loss(double value) => double.IsNaN(value) ? double.PositiveInfinity
        : Directions[0] == Direction.Minimize ? value : -value;

    /// <summary>What the trial itself got so far: a pruner compares it with its like.</summary>
    public IReadOnlyList<SuggestedValue> Own { get; init; } = [];

    /// <summary>The trials whose courses this one's can be compared with: those with the same choices.</summary>
    internal IEnumerable<TrialRecord> Peers => Prospects.KindOf(Own) is { Length: > 0 } kind
        ? Seen.Where(trial => Prospects.KindOf(trial.Parameters) == kind) : Seen;

    /// <summary>
    /// All trials that can be compared, the best first: by their front, or by their value, of pruned ones by what they
    /// would probably have come to; then those that diverged, by how far they came, and those that failed. Equal ones
    /// stay in the order of their numbers.
    /// </summary>
    public TrialRecord[] Ranked() => Ranked(out _);

    internal TrialRecord[] Ranked(out double[] losses)
    {
        TrialRecord[] all = [.. All];
        Dictionary<TrialRecord, int>? fronts = Directions.Count > 1 ? ParetoFront.Ranks(all, this) : null;
        double[] prospects = Prospects.Of(all, this);
        int[] order = fronts is null && Array.TrueForAll(prospects, double.IsFinite) ? ByLoss(prospects)
            : ByKeys(all, prospects, fronts);
        losses = Array.ConvertAll(order, i => prospects[i]);
        return Array.ConvertAll(order, i => all[i]);
    }

    static int[] ByLoss(double[] losses)
    {
        int[] order = [.. Enumerable.Range(0, losses.Length)];
        double[] sorted = [.. losses];
        Array.Sort(sorted, order);
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            for (end = start + 1; end < sorted.Length && sorted[end] == sorted[start];)
                end++;
            Array.Sort(order, start, end - start);
        }
        return order;
    }

    int[] ByKeys(TrialRecord[] all, double[] prospects, Dictionary<TrialRecord, int>? fronts)
    {
        (int Group, double First, double Second)[] keys = [.. all.Select((trial, i) => trial.State switch
        {
            TrialState.Complete when fronts is not null => (0, fronts[trial], ParetoFront.Uncrowded(trial, fronts,
                this)),
            _ when double.IsFinite(prospects[i]) => (0, prospects[i], 0.0),
            TrialState.Pruned when trial.Points.Count > 0 => (1, -trial.Points[^1].Step, Loss(trial.Points[^1].Value)),
            _ => (2, 0.0, 0.0),
        })];
        int[] order = [.. Enumerable.Range(0, all.Length)];
        Array.Sort(order, (a, b) => keys[a].CompareTo(keys[b]) is not 0 and int difference ? difference : a - b);
        return order;
    }
}

/// <summary>The samplers by their names, as a command line gives them.</summary>
public static class SamplerCatalog
{
    static readonly Dictionary<string, Func<ISampler>> Makers = new()
    {
        ["tpe"] = () => new TpeSampler(),
        ["random"] = () => new RandomSampler(),
        ["sobol"] = () => new SobolSampler(),
        ["grid"] = () => new GridSampler(),
        ["cmaes"] = () => new CmaEsSampler(),
        ["gp"] = () => new GaussianProcessSampler(),
        ["coarse-to-fine"] = () => new CoarseToFineSampler(),
        ["nsga2"] = () => new NsgaSampler(),
    };

    /// <summary>What there is.</summary>
    public static IReadOnlyCollection<string> Names => Makers.Keys;

    /// <summary>The sampler of a name.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static ISampler Parse(string name) => Makers.TryGetValue(name, out Func<ISampler>? make) ? make()
        : throw new FormatException($"There is no sampler '{name}': choose one of {string.Join(", ", Names)}.");
}

/// <summary>Every value by chance (Bergstra and Bengio 2012): the measure of all samplers.</summary>
public sealed class RandomSampler : ISampler
{
    /// <inheritdoc/>
    public IProposal Begin(SamplerView view) => new Proposal(view);

    sealed class Proposal(SamplerView view) : IProposal
    {
        public double Next(string name, ParameterRange range) => range.FromUnit(view.Random(name).Uniform(0));
    }
}

/// <summary>
/// Every filling of the texts in order, of a continuum so many points; what a program asks for is counted through in
/// the order of the questions.
/// </summary>
/// <param name="points">Points of a continuum, 2 or more.</param>
public sealed class GridSampler(int points = 5) : ISampler
{
    /// <summary>Points of a continuum.</summary>
    public int Points { get; } = points >= 2 ? points : throw new ArgumentOutOfRangeException(nameof(points), points,
        string.Create(CultureInfo.InvariantCulture, $"A grid needs 2 points or more of a continuum, not {points}."));

    /// <inheritdoc/>
    public IProposal Begin(SamplerView view) => view.Space is { } space
        ? new Known(space.Point(view.Number % space.CountOf(Points), Points))
        : new Counting(view.Number, Points);

    sealed class Known(IReadOnlyDictionary<string, double> values) : IProposal
    {
        public double Next(string name, ParameterRange range) => values[name];
    }

    sealed class Counting(int number, int points) : IProposal
    {
        int _rest = number;

        public double Next(string name, ParameterRange range)
        {
            int count = Math.Min(range.Count ?? points, points), digit = _rest % count;
            _rest /= count;
            return range.FromUnit(range.Count == count ? (digit + 0.5) / count : digit / (count - 1.0));
        }
    }
}
