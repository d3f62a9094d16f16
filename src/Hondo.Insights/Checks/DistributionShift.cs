namespace Hondo.Insights;

/// <summary>
/// Something in which two parts differ by more than chance: choices made on one would be wrong for the other.
/// </summary>
/// <param name="What">The classes, or the name of a feature.</param>
/// <param name="Statistic">χ² for classes, the largest distance D of the distribution functions for a feature.</param>
/// <param name="Probability">How likely chance alone differs as much, corrected for the number of features.</param>
/// <param name="Message">The difference in numbers, and what to do.</param>
public sealed record DistributionShift(string What, double Statistic, double Probability, string Message)
{
    /// <summary>The difference without what to do, in any language.</summary>
    internal Phrase? Said { get; private init; }

    const double Doubt = 1e-3;

    // With many samples chance explains nothing, so a difference must also be large enough to matter.
    const double LeastShare = 0.03, LeastDistance = 0.1;
    const int MostFeatures = 512;

    // Evenly spaced samples are enough to see a distance of a tenth, and bound the time for large sets.
    const int MostSamples = 5000, MostRead = 1000;

    internal const string Mend =
        "Choices made on one will not hold for the other: mix both and split again, stratified.";

    /// <summary>
    /// Compares two parts, dev and test: the shares of the classes by Pearson's χ² (1900), every feature by the
    /// two-sample Kolmogorov–Smirnov test. Images are compared by the mean and deviation of their pixels.
    /// </summary>
    /// <returns>What differs, the least likely first; empty for parts of one random split.</returns>
    public static IReadOnlyList<DistributionShift> Find(Dataset a, Dataset b)
    {
        List<DistributionShift> found = [];
        if (a.Targets.HasLabels && b.Targets.HasLabels && a.Classes.Count == b.Classes.Count)
            Add(found, OfClasses(a, b));
        if (a.Targets.Names is [var name] && b.Targets.Names.Count == 1)
            Add(found, OfNumbers(a, b, Phrase.Of($"the target {name}"), TargetsOf(a), TargetsOf(b), 1));
        int size = a.Sample.Size;
        if (size <= MostFeatures)
        {
            float[][] columnsOfA = Columns(a), columnsOfB = Columns(b);
            for (int f = 0; f < size; f++)
                Add(found, OfNumbers(a, b, Phrase.Of($"{a.Features.NameOf(f)}"), columnsOfA[f], columnsOfB[f], size));
        }
        else
        {
            (float[] meansOfA, float[] deviationsOfA) = Summaries(a);
            (float[] meansOfB, float[] deviationsOfB) = Summaries(b);
            Add(found, OfNumbers(a, b, Phrase.Of($"the mean of a sample's numbers"), meansOfA, meansOfB, 2));
            Add(found, OfNumbers(a, b, Phrase.Of($"the deviation of a sample's numbers"),
                deviationsOfA, deviationsOfB, 2));
        }
        return [.. found.OrderBy(shift => shift.Probability)];
    }

    static void Add(List<DistributionShift> found, DistributionShift? shift)
    {
        if (shift is not null)
            found.Add(shift);
    }

    static DistributionShift? OfClasses(Dataset a, Dataset b)
    {
        int[] inA = a.ClassCounts(), inB = b.ClassCounts();
        double chiSquare = 0, most = 0;
        int kinds = 0, worst = 0;
        for (int c = 0; c < inA.Length; c++)
        {
            double both = inA[c] + inB[c];
            if (both == 0)
                continue;
            kinds++;
            double expected = both * a.Count / (a.Count + b.Count), off = inA[c] - expected;
            // The same distance from expectation in either part, so their terms share the numerator.
            chiSquare += off * off / expected + off * off / (both - expected);
            double apart = Math.Abs((double)inA[c] / a.Count - (double)inB[c] / b.Count);
            if (apart > most)
                (most, worst) = (apart, c);
        }
        double probability = kinds < 2 ? 1 : Significance.ChiSquare(chiSquare, kinds - 1);
        return probability >= Doubt || most < LeastShare ? null : Of("classes", chiSquare, probability,
            $"{a.Name} and {b.Name} differ in their classes: {100.0 * inA[worst] / a.Count:0.#} % against "
            + $"{100.0 * inB[worst] / b.Count:0.#} % are {a.Classes[worst]} (χ² {chiSquare:0.#} with {kinds - 1} "
            + $"degrees of freedom, p {probability:0.#e+0}).");
    }

    static DistributionShift Of(string what, double statistic, double probability, Phrase said) =>
        new(what, statistic, probability, $"{said.English} {Mend}") { Said = said };

    static DistributionShift? OfNumbers(Dataset a, Dataset b, Phrase what, float[] x, float[] y, int tests)
    {
        double distance = Significance.Distance(x, y);
        double probability = Math.Min(1, tests * Significance.KolmogorovSmirnov(distance, x.Length, y.Length));
        return probability >= Doubt || distance < LeastDistance ? null : Of(what.English, distance, probability,
            $"{a.Name} and {b.Name} differ in {what}: mean {x.Average():g4} against {y.Average():g4} "
            + $"(Kolmogorov–Smirnov D {distance:0.##}, p {probability:0.#e+0}).");
    }

    static int Sampled(Dataset data) =>
        Math.Min(data.Count, data.Features.IsRead ? MostRead : MostSamples);

    static int RowOf(Dataset data, int i) => data.Row((int)((long)i * data.Count / Sampled(data)));

    static float[] TargetsOf(Dataset data)
    {
        ReadOnlySpan<float> numbers = data.Targets.Values;
        var column = new float[Sampled(data)];
        for (int i = 0; i < column.Length; i++)
            column[i] = numbers[RowOf(data, i)];
        return column;
    }

    // Sample by sample, as some are read from afar.
    static float[][] Columns(Dataset data)
    {
        var sample = new float[data.Sample.Size];
        float[][] columns = [.. sample.Select(_ => new float[Sampled(data)])];
        for (int i = 0; i < columns[0].Length; i++)
        {
            data.Features.CopyTo(RowOf(data, i), sample);
            for (int f = 0; f < sample.Length; f++)
                columns[f][i] = sample[f];
        }
        return columns;
    }

    static (float[] Means, float[] Deviations) Summaries(Dataset data)
    {
        var sample = new float[data.Sample.Size];
        float[] means = new float[Sampled(data)], deviations = new float[Sampled(data)];
        for (int i = 0; i < means.Length; i++)
        {
            data.Features.CopyTo(RowOf(data, i), sample);
            double sum = 0, squares = 0;
            foreach (float x in sample)
                (sum, squares) = (sum + x, squares + (double)x * x);
            double mean = sum / sample.Length;
            means[i] = (float)mean;
            deviations[i] = (float)Math.Sqrt(Math.Max(0, squares / sample.Length - mean * mean));
        }
        return (means, deviations);
    }
}
