using Hondo.Kernels;

namespace Hondo.Tuning;

/// <summary>How much a parameter decides whether a trial is good.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Share">Its share among all, 0 to 1.</param>
/// <param name="Trials">How many trials have it.</param>
public sealed record Importance(string Name, double Share, int Trials)
{
    const int Points = 50, Fewest = 8;
    const double Width = 0.1;

    /// <summary>
    /// The part of the variance that each parameter explains by itself, as functional ANOVA has it (Hutter et al.
    /// 2014): of the trials' ranks the mean along the parameter, by kernel regression, and its variance over the whole
    /// range, however often the sampler was where; less what chance alone would give.
    /// </summary>
    /// <returns>The parameters of 8 trials or more, the most important first.</returns>
    public static IReadOnlyList<Importance> Of(Study study, IReadOnlyList<TrialRecord> trials)
    {
        TrialRecord[] ranked = study.ViewOf(int.MaxValue, trials).Ranked();
        Importance[] all = [.. new ParameterGroups(ranked).All.Where(group => group.Rows.Length >= Fewest)
            .SelectMany(group => group.Names.Select((name, i) =>
                new Importance(name, Explained(group, i, ranked.Length), group.Rows.Length)))];
        double sum = all.Sum(one => one.Share);
        return [.. all.Select(one => sum > 0 ? one with { Share = one.Share / sum } : one)
            .OrderByDescending(one => one.Share).ThenBy(one => one.Name, StringComparer.Ordinal)];
    }

    static double Explained(ParameterGroup group, int i, int trials)
    {
        int d = group.Names.Length, n = group.Rows.Length;
        ParameterRange range = group.Ranges[i];
        double mean = group.Rows.Average(row => (double)row / trials);
        double noise = group.Rows.Average(row => Square((double)row / trials - mean));
        double explained = 0, places = range.Count is { } count && count <= Points ? count : Points;
        for (int k = 0; k < places; k++)
        {
            double at = (k + 0.5) / places, weights = 0, squares = 0, sum = 0;
            for (int row = 0; row < n; row++)
            {
                double distance = Math.Abs(group.Units[row * d + i] - at);
                double weight = range.IsUnordered ? distance * places < 0.5 ? 1 : 0
                    : PortableMath.Exp(-Square(distance / Width) / 2);
                (weights, squares) = (weights + weight, squares + weight * weight);
                sum += weight * ((double)group.Rows[row] / trials - mean);
            }
            // Where there is next to nothing there is nothing to say.
            double effective = squares > 0 ? weights * weights / squares : 0;
            if (effective >= 2)
                explained += Square(sum / weights) - noise / effective;
        }
        return Math.Max(0, explained / places);
    }

    static double Square(double x) => x * x;
}
