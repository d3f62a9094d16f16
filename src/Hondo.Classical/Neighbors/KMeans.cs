using System.Globalization;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Classical;

/// <summary>
/// k-means: k centres, each the mean of the rows nearest to it, found by Lloyd's steps (1957, published 1982) from
/// first centres that lie far apart (k-means++: Arthur and Vassilvitskii 2007). Of several starts the one with the
/// least Σ |x − centre|².
/// </summary>
public sealed class KMeans
{
    const int Chunk = 256;

    readonly double[] _centers;

    KMeans(double[] centers, int columns, int[] labels, double inertia, int steps)
    {
        (_centers, Columns, Labels, Inertia, Steps) = (centers, columns, labels, inertia, steps);
        Count = centers.Length / columns;
    }

    /// <summary>How many centres.</summary>
    public int Count { get; }

    /// <summary>Numbers of a row.</summary>
    public int Columns { get; }

    /// <summary>A centre.</summary>
    public ReadOnlySpan<double> this[int center] => _centers.AsSpan(center * Columns, Columns);

    /// <summary>The nearest centre of each row that it was fitted on.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>Σ |x − nearest centre|².</summary>
    public double Inertia { get; }

    /// <summary>Steps of the best start until no row changed its centre.</summary>
    public int Steps { get; }

    /// <summary>Finds the centres.</summary>
    /// <param name="x">The rows.</param>
    /// <param name="k">How many centres, from 1 to the number of rows.</param>
    /// <param name="seed">What the first centres depend on.</param>
    /// <param name="starts">How many first centres are tried; the best end is kept.</param>
    /// <param name="maxSteps">The most steps of a start.</param>
    /// <exception cref="ArgumentOutOfRangeException">k, starts or maxSteps is out of its range.</exception>
    public static KMeans Fit(FeatureMatrix x, int k, ulong seed = 1, int starts = 10, int maxSteps = 300)
    {
        if (k < 1 || k > x.Rows)
            throw new ArgumentOutOfRangeException(nameof(k), k, $"{x.Rows} rows have 1 to {x.Rows} centres.");
        ArgumentOutOfRangeException.ThrowIfLessThan(starts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSteps, 1);
        KMeans? best = null;
        for (int start = 0; start < starts; start++)
        {
            KMeans one = FitFrom(x, FirstCenters(x, k, new(seed, RandomStream.Of("classical.k-means"), start)),
                maxSteps);
            best = best is null || one.Inertia < best.Inertia ? one : best;
        }
        return best!;
    }

    /// <summary>The nearest centre of each row.</summary>
    public int[] Predict(FeatureMatrix x)
    {
        x.Require(Columns, "k-means model");
        var labels = new int[x.Rows];
        Assign(x, _centers, labels, new double[x.Rows]);
        return labels;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"KMeans: {Count} centres, inertia {Inertia:G6}");

    // The first by chance, each next one with a chance in proportion to its squared distance from those before.
    static double[] FirstCenters(FeatureMatrix x, int k, Philox random)
    {
        var centers = new double[k * x.Columns];
        var distances = new double[x.Rows];
        distances.AsSpan().Fill(double.PositiveInfinity);
        int next = (int)(random.Uniform(0) * x.Rows);
        for (int c = 0; c < k; c++)
        {
            x[next].CopyTo(centers.AsSpan(c * x.Columns));
            for (int i = 0; i < x.Rows; i++)
                distances[i] = Math.Min(distances[i], Distance(x[i], x[next]));
            next = Shuffling.Choose(distances, random.Uniform(c + 1));
        }
        return centers;
    }

    static KMeans FitFrom(FeatureMatrix x, double[] centers, int maxSteps)
    {
        int[] labels = new int[x.Rows], before = new int[x.Rows];
        var distances = new double[x.Rows];
        before.AsSpan().Fill(-1);
        int step = 0;
        for (; step < maxSteps; step++)
        {
            Assign(x, centers, labels, distances);
            if (labels.AsSpan().SequenceEqual(before))
                break;
            labels.CopyTo(before, 0);
            Move(x, centers, labels, distances);
        }
        if (step == maxSteps)
            Assign(x, centers, labels, distances);
        return new(centers, x.Columns, labels, distances.Sum(), step);
    }

    static void Move(FeatureMatrix x, double[] centers, int[] labels, double[] distances)
    {
        var counts = new int[centers.Length / x.Columns];
        Array.Clear(centers);
        for (int i = 0; i < x.Rows; i++)
        {
            Span<double> center = centers.AsSpan(labels[i] * x.Columns, x.Columns);
            ReadOnlySpan<double> row = x[i];
            counts[labels[i]]++;
            for (int j = 0; j < row.Length; j++)
                center[j] += row[j];
        }
        for (int c = 0; c < counts.Length; c++)
        {
            Span<double> center = centers.AsSpan(c * x.Columns, x.Columns);
            if (counts[c] == 0)
            {
                // A centre that lost all its rows begins anew at the row that is farthest from its own.
                int farthest = Array.IndexOf(distances, distances.Max());
                x[farthest].CopyTo(center);
                distances[farthest] = 0;
                continue;
            }
            foreach (ref double number in center)
                number /= counts[c];
        }
    }

    static void Assign(FeatureMatrix x, double[] centers, int[] labels, double[] distances) =>
        Workers.Run((x.Rows + Chunk - 1) / Chunk, new Assigning(x, centers, labels, distances));

    static double Distance(ReadOnlySpan<double> x, ReadOnlySpan<double> z)
    {
        double sum = 0;
        for (int j = 0; j < x.Length; j++)
            sum += (x[j] - z[j]) * (x[j] - z[j]);
        return sum;
    }

    readonly struct Assigning(FeatureMatrix x, double[] centers, int[] labels, double[] distances) : IJob
    {
        public void Run(int part)
        {
            int count = centers.Length / x.Columns;
            for (int i = part * Chunk; i < Math.Min(x.Rows, (part + 1) * Chunk); i++)
            {
                (labels[i], distances[i]) = (0, double.PositiveInfinity);
                for (int c = 0; c < count; c++)
                {
                    double distance = Distance(x[i], centers.AsSpan(c * x.Columns, x.Columns));
                    if (distance < distances[i])
                        (labels[i], distances[i]) = (c, distance);
                }
            }
        }
    }
}
