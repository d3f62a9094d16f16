using Hondo.Kernels;

namespace Hondo.Tuning;

/// <summary>
/// Tree-structured Parzen estimator over all parameters at once (Bergstra et al. 2011; Falkner et al. 2018; settings
/// after Watanabe 2023, arXiv:2304.11127): two densities, of the best trials and of the others; of some draws around
/// the best the one with the largest ratio times the improvement that a small Gaussian process expects there. Where
/// the densities only part good from bad, the process sees slopes. Parameters that always come together are drawn
/// together, so that a condition of the space makes groups of its own.
/// </summary>
public sealed class TpeSampler : ISampler
{
    const int FewestForDifferences = 3;

    /// <summary>So many trials begin, spread evenly by <see cref="SobolSampler"/>.</summary>
    public int Startup { get; init; } = 6;

    /// <summary>Draws, each second from the density of the best, the others by differences of the best.</summary>
    public int Candidates { get; init; } = 72;

    /// <summary>The process knows so many trials: those nearest to the best.</summary>
    public int Nearest { get; init; } = 50;

    /// <summary>How many of n trials are the best.</summary>
    public Func<int, int> Best { get; init; } = n => Math.Min((int)Math.Ceiling(0.2 * n), 25);

    /// <summary>
    /// Widths of the kernels: one of these times n^(−1/(d+4)) of the best, of the range. Trials take turns, so that the
    /// search is fine around what is good and does not lose sight of the rest.
    /// </summary>
    public IReadOnlyList<double> Widths { get; init; } = [0.04, 0.06, 0.12];

    /// <summary>
    /// Each so many draws takes every parameter from another good trial: what is separable is found so.
    /// </summary>
    public int Crossing { get; init; } = 3;

    /// <summary>No kernel is narrower than the range divided by this, or by the number of trials.</summary>
    public double Narrowest { get; init; } = 1000;

    /// <inheritdoc/>
    public IProposal Begin(SamplerView view) =>
        view.Seen.Count + view.Earlier.Count < Startup ? new SobolSampler().Begin(view) : new Proposal(this, view);

    sealed class Proposal : IProposal
    {
        readonly TpeSampler _sampler;
        readonly SamplerView _view;
        readonly double[] _losses;
        readonly ParameterGroups _groups;
        readonly Dictionary<string, double> _values = [];

        public Proposal(TpeSampler sampler, SamplerView view)
        {
            (_sampler, _view) = (sampler, view);
            _groups = new(view.Ranked(out _losses));
        }

        public double Next(string name, ParameterRange range)
        {
            if (_values.TryGetValue(name, out double known))
                return known;
            if (_groups.Find(name, range) is not { } group)
                return range.FromUnit(_view.Random(name).Uniform(0));
            Draw(group);
            return _values[name];
        }

        void Draw(ParameterGroup group)
        {
            // The best of those that have these parameters: a branch that lags behind learns too.
            int d = group.Ranges.Length, split = Math.Clamp(_sampler.Best(group.Rows.Length), 1, group.Rows.Length);
            ReadOnlySpan<double> units = group.Units;
            double least = 0, width = _sampler.Widths[_view.Number % _sampler.Widths.Count];
            var good = new ParzenEstimator(group.Ranges, units[..(split * d)], width, _sampler.Narrowest);
            var rest = new ParzenEstimator(group.Ranges, units[(split * d)..], width, _sampler.Narrowest);
            Philox random = _view.Random($"tpe {group.Names[0]}");
            GaussianProcess? process = group.Rows.Length > d ? ProcessOf(group, out least) : null;
            double[] candidate = new double[d], best = new double[d];
            double bestScore = double.NegativeInfinity;
            HashSet<int> tried = Tried(group);
            (int Place, double Unit)[] given = Given(group);
            for (int c = 0; c < _sampler.Candidates; c++)
            {
                if (c % 2 == 0 && split > FewestForDifferences)
                    good.DrawDifference(random, c, candidate);
                else
                    good.Draw(random, c, c % _sampler.Crossing == _sampler.Crossing - 1, candidate);
                foreach ((int place, double unit) in given)
                    candidate[place] = unit;
                if (tried.Contains(KeyOf(candidate)))
                    continue;
                double score = good.LogDensity(candidate) - rest.LogDensity(candidate)
                    + (process?.LogImprovement(candidate, least) ?? 0);
                if (score > bestScore)
                    (bestScore, best, candidate) = (score, candidate, best);
            }
            // All of them were tried before: another one by chance.
            for (int i = 0; i < d; i++)
                _values[group.Names[i]] = group.Ranges[i].FromUnit(double.IsFinite(bestScore) ? best[i]
                    : _view.Random(group.Names[i]).Uniform(1));
        }

        // The ratio of two densities gives up a choice for good after a few bad trials: each third time it is made by
        // chance, and the rest is what fits it.
        (int Place, double Unit)[] Given(ParameterGroup group) => _view.Number % 3 != 2 ? []
            : [.. Enumerable.Range(0, group.Ranges.Length).Where(i => group.Ranges[i].IsUnordered)
                .Select(i => (i, group.Ranges[i].ToUnit(group.Ranges[i].FromUnit(_view.Random(group.Names[i])
                    .Uniform(0)))))];

        GaussianProcess ProcessOf(ParameterGroup group, out double least)
        {
            int d = group.Ranges.Length;
            double[] Row(int i) => group.Units[(i * d)..((i + 1) * d)];
            double[] best = Row(0);
            int[] kept = [.. Enumerable.Range(0, group.Rows.Length)
                .OrderBy(i => DistanceOf(best, group.Units.AsSpan(i * d, d))).Take(_sampler.Nearest).Order()];
            double[] y = ProcessTargets.Of([.. kept.Select(i => _losses[group.Rows[i]])]);
            least = y.Min();
            return GaussianProcess.FitOneLength([.. kept.Select(Row)], y,
                [.. group.Ranges.Select(range => range.IsUnordered)]);
        }

        static double DistanceOf(double[] a, ReadOnlySpan<double> b)
        {
            double sum = 0;
            for (int j = 0; j < a.Length; j++)
                sum += (a[j] - b[j]) * (a[j] - b[j]);
            return sum;
        }

        // A training repeats to the bit: of a grid no point is worth trying twice.
        HashSet<int> Tried(ParameterGroup group)
        {
            if (_groups.All.Count > 1 || Array.Exists(group.Ranges, range => range.Count is null))
                return [];
            int d = group.Ranges.Length;
            return [.. Enumerable.Range(0, group.Rows.Length).Select(row => KeyOf(group.Units.AsSpan(row * d, d)))];
        }

        // What falls together by its key is only passed over once too often.
        static int KeyOf(ReadOnlySpan<double> units)
        {
            ulong key = 0;
            foreach (double unit in units)
                key = (key ^ (ulong)BitConverter.DoubleToInt64Bits(unit)) * 0x9E3779B97F4A7C15;
            return (int)(key >> 32);
        }
    }
}
