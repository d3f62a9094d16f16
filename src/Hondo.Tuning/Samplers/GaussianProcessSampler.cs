using Hondo.Kernels;

namespace Hondo.Tuning;

/// <summary>
/// A Gaussian process over all parameters (Snoek et al. 2012, arXiv:1206.2944): a Matérn 5/2 kernel with a length for
/// each parameter, fitted to the trials, and the point with the largest logarithm of the expected improvement (Ament et
/// al. 2023, arXiv:2310.20708). For some hundred trials at most: beyond <see cref="Most"/> only the best and the newest
/// are kept.
/// </summary>
public sealed class GaussianProcessSampler : ISampler
{
    /// <summary>So many trials begin, spread evenly.</summary>
    public int Startup { get; init; } = 10;

    /// <summary>Trials that the process knows, at most.</summary>
    public int Most { get; init; } = 200;

    /// <inheritdoc/>
    public IProposal Begin(SamplerView view) =>
        view.Seen.Count + view.Earlier.Count < Startup ? new SobolSampler().Begin(view) : new Proposal(this, view);

    sealed class Proposal : IProposal
    {
        readonly GaussianProcessSampler _sampler;
        readonly SamplerView _view;
        readonly ParameterGroups _groups;
        readonly TrialRecord[] _ranked;
        readonly double[] _losses;
        readonly Dictionary<string, double> _values = [];

        public Proposal(GaussianProcessSampler sampler, SamplerView view)
        {
            (_sampler, _view, _ranked) = (sampler, view, view.Ranked(out _losses));
            _groups = new(_ranked);
        }

        public double Next(string name, ParameterRange range)
        {
            if (_values.TryGetValue(name, out double known))
                return known;
            if (_groups.Find(name, range) is not { } group || group.Rows.Length < 3)
                return range.FromUnit(_view.Random(name).Uniform(0));
            int d = group.Names.Length;
            int[] kept = Kept(group.Rows);
            double[][] x = [.. kept.Select(i => group.Units[(i * d)..((i + 1) * d)])];
            double[] y = ProcessTargets.Of([.. kept.Select(i => _losses[group.Rows[i]])]);
            Philox random = _view.Random($"gp {group.Names[0]}");
            var process = GaussianProcess.Fit(x, y, [.. group.Ranges.Select(range => range.IsUnordered)]);
            double[] best = new AcquisitionSearch(process, group.Ranges, random).Best(x[0], y[0]);
            for (int i = 0; i < d; i++)
                _values[group.Names[i]] = group.Ranges[i].FromUnit(best[i]);
            return _values[name];
        }

        // The best half and the newest half of what there is room for; rows are in the order of their ranks.
        int[] Kept(int[] rows)
        {
            int[] all = [.. Enumerable.Range(0, rows.Length)];
            return rows.Length <= _sampler.Most ? all
                : [.. all[..(_sampler.Most / 2)], .. all[(_sampler.Most / 2)..]
                    .OrderByDescending(i => _ranked[rows[i]].Number).Take(_sampler.Most / 2).Order()];
        }
    }
}

/// <summary>What a Gaussian process is told of trials.</summary>
static class ProcessTargets
{
    /// <summary>
    /// Losses of many magnitudes: the worse half is cut off at a multiple of the spread of the better half; those
    /// without a value are as bad as the worst. Mean 0, deviation 1.
    /// </summary>
    public static double[] Of(double[] losses)
    {
        double[] sorted = [.. losses.Where(double.IsFinite).Order()];
        return sorted.Length < 2 ? new double[losses.Length]
            : Standardized(Array.ConvertAll(losses, loss => Squash(double.IsFinite(loss) ? loss : sorted[^1], sorted)));
    }

    static double Squash(double loss, double[] sorted)
    {
        double middle = sorted[sorted.Length / 2], spread = middle - sorted[0];
        if (spread <= 0)
            return loss > sorted[0] ? 1 : 0;
        double z = (loss - sorted[0]) / spread;
        return z <= 1 ? z : 1 + PortableMath.Log(z);
    }

    static double[] Standardized(double[] y)
    {
        double mean = y.Average(), deviation = Math.Sqrt(y.Average(v => (v - mean) * (v - mean)));
        return Array.ConvertAll(y, v => deviation > 0 ? (v - mean) / deviation : 0);
    }
}

/// <summary>
/// Looks for the point that promises most: even points everywhere, draws near the best, and small steps.
/// </summary>
sealed class AcquisitionSearch(GaussianProcess process, ParameterRange[] ranges, Philox random)
{
    const int Even = 256, Near = 128, Steps = 60;

    public double[] Best(double[] incumbent, double least)
    {
        double[] best = incumbent;
        double most = double.NegativeInfinity;
        for (int c = 0; c < Even + Near; c++)
        {
            double[] point = Rounded(c < Even ? EvenPoint(c) : NearPoint(incumbent, c));
            double score = process.LogImprovement(point, least);
            if (score > most)
                (most, best) = (score, point);
        }
        double width = 0.1;
        for (int s = 0; s < Steps; s++)
        {
            double[] point = Rounded(Moved(best, width, (Even + Near + s) * 64L));
            double score = process.LogImprovement(point, least);
            if (score > most)
                (most, best) = (score, point);
            else
                width = Math.Max(width * 0.93, 1e-3);
        }
        return best;
    }

    double[] EvenPoint(int c) => [.. ranges.Select((_, i) => i < SobolSampler.Dimensions
        ? SobolSampler.Coordinate((uint)c, i, random.Bits(1_000_000 + i)) : random.Uniform(c * 64L + i))];

    double[] NearPoint(double[] incumbent, int c) => Moved(incumbent, 0.2 * random.Uniform(c * 64L + 63), c * 64L);

    double[] Moved(double[] from, double width, long at) => [.. from.Select((value, i) => ranges[i].IsUnordered
        ? random.Uniform(at + i) < 0.8 ? value : random.Uniform(at + i + 32)
        : Math.Clamp(value + width * random.Normal(at + i), 0, 1))];

    double[] Rounded(double[] point) => [.. point.Select((value, i) => ranges[i].ToUnit(ranges[i].FromUnit(value)))];
}
