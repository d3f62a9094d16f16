using System.Globalization;

namespace Hondo.Data;

/// <summary>
/// Shares of a data set for training, choosing (dev) and testing, in percent. Written <c>60/20/20</c>; two numbers are
/// training and test, or training and dev for data that comes with its own test set.
/// </summary>
/// <param name="Train">Percent for training.</param>
/// <param name="Dev">Percent that choices are made by; 0 for none.</param>
/// <param name="Test">Percent for the last look; 0 for none.</param>
public sealed record Split(double Train, double Dev, double Test)
{
    /// <summary>70/30: training and test, for a few thousand samples and nothing to choose.</summary>
    public static Split TrainAndTest { get; } = new(70, 0, 30);

    /// <summary>60/20/20: the usual one up to about 10,000 samples.</summary>
    public static Split Usual { get; } = new(60, 20, 20);

    /// <summary>98/1/1: for a million samples, where 1 % is enough to choose by.</summary>
    public static Split Large { get; } = new(98, 1, 1);

    /// <summary>Reads <c>60/20/20</c>, <c>70/30</c> or any two or three shares of 100.</summary>
    /// <exception cref="FormatException">The text is not shares of 100.</exception>
    public static Split Parse(string text)
    {
        string[] words = text.Split('/', StringSplitOptions.TrimEntries);
        var shares = new double[words.Length];
        for (int i = 0; i < words.Length; i++)
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out shares[i])
                || !(shares[i] > 0))
                throw Wrong(text, $"'{words[i]}' is not a share above 0");
        double sum = shares.Sum();
        return Math.Abs(sum - 100) > 1e-6 ? throw Wrong(text, $"the shares add up to {sum:0.####}, not to 100")
            : shares is [var train, var test] ? new(train, 0, test)
            : shares is [var a, var b, var c] ? new(a, b, c)
            : throw Wrong(text, $"{words.Length} shares were given");
    }

    static FormatException Wrong(string text, string problem) => new(
        $"The split '{text}' cannot be used: {problem}. Write two or three shares of 100, such as 60/20/20 or 70/30.");

    /// <summary>
    /// Splits a data set: shares exact to the row, every class in proportion in every part, every row in exactly one
    /// part, samples that are exactly alike in the same one (then shares may be a few rows
    /// off). Equal seeds give equal parts.
    /// </summary>
    /// <exception cref="DataFormatException">A part would be empty.</exception>
    public DataSplits Of(Dataset data, ulong seed = 1)
    {
        Dataset?[] parts = Parts(data, data.Name, [Train, Dev, Test], ["train", "dev", "test"], seed);
        return new(parts[0]!, parts[1], parts[2]);
    }

    /// <summary>
    /// Splits data that may come with its own test set: that is kept, and the training samples are shared between
    /// training and dev, 60/20/20 as 60 to 20. Data that comes with a dev set too stays as it is.
    /// </summary>
    /// <exception cref="DataFormatException">A part would be empty.</exception>
    public DataSplits Of(DataSplits data, ulong seed = 1)
    {
        if (data is { Dev: not null, Test: not null })
            return data;
        if (data.Test is null)
            return Of(data.Train, seed);
        double dev = Dev > 0 ? Dev : Test;
        string name = data.Train.Name;
        // "digits train" becomes "digits train" and "digits dev".
        name = name.EndsWith(" train", StringComparison.Ordinal) ? name[..^" train".Length] : name;
        Dataset?[] parts = Parts(data.Train, name, [Train, dev], ["train", "dev"], seed);
        return new(parts[0]!, parts[1], data.Test);
    }

    /// <summary>
    /// Splits for k-fold cross-validation: each sample is in the dev part of exactly one of the k splits, every class
    /// in proportion.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">k is not 2 to the number of samples.</exception>
    public static IReadOnlyList<DataSplits> Folds(Dataset data, int k, ulong seed = 1)
    {
        if (k < 2 || k > data.Count)
            throw new ArgumentOutOfRangeException(nameof(k), k, $"{data.Name} has {data.Count:N0} samples: choose 2 to "
                + $"{data.Count:N0} folds.");
        var shares = new double[k];
        shares.AsSpan().Fill(1);
        int[] fold = Assign(data, Apportionment.Counts(data.Count, shares), seed);
        return [.. Enumerable.Range(0, k).Select(f => new DataSplits(
            data.Part($"{data.Name} train {f + 1}/{k}", Where(fold, part => part != f)),
            data.Part($"{data.Name} dev {f + 1}/{k}", Where(fold, part => part == f))))];
    }

    Dataset?[] Parts(Dataset data, string name, double[] shares, string[] names, ulong seed)
    {
        int[] counts = Apportionment.Counts(data.Count, shares);
        for (int p = 0; p < counts.Length; p++)
            if (counts[p] == 0 && shares[p] > 0)
                throw new DataFormatException(data.Name, "", $"the split {this} of {data.Count:N0} samples leaves the "
                    + $"{names[p]} part empty", "Choose larger shares for it, or give more data.");
        int[] part = Assign(data, counts, seed);
        return [.. counts.Select((count, p) => !part.Contains(p)
            ? null
            : data.Part($"{name} {names[p]}", Where(part, chosen => chosen == p)))];
    }

    // Samples in random order within their class, class after class: a spread along that row is stratified.
    static int[] Assign(Dataset data, int[] counts, ulong seed)
    {
        var row = new int[data.Count];
        RowOrder.Fill(row, seed, round: 0);
        if (data.Targets.HasLabels)
            row = [.. row.OrderBy(data.Label)];
        int[] spread = Apportionment.Spread(counts);
        var part = new int[row.Length];
        for (int i = 0; i < row.Length; i++)
            part[row[i]] = spread[i];
        Twins.Gather(data, part, counts.Length);
        return part;
    }

    static int[] Where(int[] part, Func<int, bool> chosen) =>
        [.. Enumerable.Range(0, part.Length).Where(i => chosen(part[i]))];

    /// <summary>The shares as they are written: <c>60/20/20</c>, <c>70/30</c>.</summary>
    public override string ToString() => Dev > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Train:0.####}/{Dev:0.####}/{Test:0.####}")
        : string.Create(CultureInfo.InvariantCulture, $"{Train:0.####}/{Test:0.####}");
}

/// <summary>Shares whole things out fairly.</summary>
static class Apportionment
{
    /// <summary>
    /// Counts that are as near to the shares as whole numbers can be and add up to <paramref name="total"/>
    /// (largest remainder, Hamilton 1792).
    /// </summary>
    public static int[] Counts(int total, ReadOnlySpan<double> shares)
    {
        double sum = 0;
        foreach (double share in shares)
            sum += share;
        var counts = new int[shares.Length];
        var remainders = new double[shares.Length];
        int left = total;
        for (int i = 0; i < counts.Length; i++)
        {
            // Rounding first: 0.29 · 100 is 28.999999999999996, and its floor would be one short.
            double ideal = Math.Round(total * (shares[i] / sum), 9);
            counts[i] = (int)ideal;
            remainders[i] = ideal - counts[i];
            left -= counts[i];
        }
        for (; left > 0; left--)
        {
            int most = Array.IndexOf(remainders, remainders.Max());
            counts[most]++;
            remainders[most] -= 1;
        }
        return counts;
    }

    /// <summary>
    /// Which part each of a row of things goes to, so that every stretch of the row holds the parts in proportion:
    /// after t things part p has t · counts[p] / total of them, give or take less than one (Tijdeman 1980, "The
    /// chairman assignment problem").
    /// </summary>
    public static int[] Spread(ReadOnlySpan<int> counts)
    {
        int total = 0;
        foreach (int count in counts)
            total += count;
        var part = new int[total];
        var given = new int[counts.Length];
        for (int t = 0; t < total; t++)
            given[part[t] = Next(counts, given, t + 1, total)]++;
        return part;
    }

    // All numbers times total · (2k − 2), so that everything stays whole.
    static int Next(ReadOnlySpan<int> counts, ReadOnlySpan<int> given, int t, int total)
    {
        int slack = Math.Max(1, 2 * counts.Length - 2), best = -1;
        Int128 bestDeadline = 0;
        for (int p = 0; p < counts.Length; p++)
        {
            Int128 lag = ((Int128)counts[p] * t - (Int128)given[p] * total) * slack;
            if (counts[p] == given[p] || lag < total)
                continue;
            Int128 deadline = (Int128)total * (slack - 1) - lag;
            if (best >= 0 && deadline * counts[best] >= bestDeadline * counts[p])
                continue;
            (best, bestDeadline) = (p, deadline);
        }
        return best;
    }
}
