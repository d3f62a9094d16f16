using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Classical;

/// <summary>
/// t-distributed stochastic neighbour embedding (van der Maaten and Hinton 2008, "Visualizing data using t-SNE"): a
/// picture in which near rows lie near. Exact: time and memory grow with the square of the rows, so a few thousand at
/// most. Distances between far groups and their sizes mean nothing.
/// </summary>
public sealed class TSne
{
    const double LeastSimilarity = 1e-12, LeastGain = 0.01;

    /// <summary>About how many neighbours each row has, from 1 to a third of the rows.</summary>
    public double Perplexity { get; init; } = 30;

    /// <summary>Steps of gradient descent.</summary>
    public int Steps { get; init; } = 500;

    /// <summary>The learning rate; null for rows / 48, 50 at least (Belkina et al. 2019, with exaggeration 12).
    /// </summary>
    public double? LearningRate { get; init; }

    /// <summary>How much stronger rows attract each other in the first half of the steps, 250 at most.</summary>
    public double Exaggeration { get; init; } = 12;

    /// <summary>What the first places depend on.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Σ p ln(p/q) at the end: what the picture gets wrong.</summary>
    public double Divergence { get; private set; }

    /// <summary>Places rows in two dimensions.      [rows, columns] → [rows, 2]</summary>
    /// <exception cref="ArgumentException">The perplexity does not suit the number of rows.</exception>
    public FeatureMatrix Transform(FeatureMatrix x)
    {
        if (!(Perplexity >= 1) || Perplexity * 3 > x.Rows)
            throw new ArgumentException($"A perplexity of {Perplexity} needs 3 times as many rows or more, and is 1 at "
                + $"least; there are {x.Rows} rows.", nameof(x));
        int n = x.Rows, early = Math.Min(250, Steps / 2);
        double[] p = Similarities(x), y = First(n), velocity = new double[2 * n], gain = new double[2 * n];
        gain.AsSpan().Fill(1);
        double rate = LearningRate ?? Math.Max(50, n / 48.0);
        double[] gradient = new double[2 * n], sums = new double[n], attraction = new double[2 * n];
        for (int step = 0; step < Steps; step++)
        {
            Workers.Run(n, new Forces(p, y, attraction, gradient, sums));
            double total = sums.Sum(), exaggeration = step < early ? Exaggeration : 1;
            double momentum = step < early ? 0.5 : 0.8;
            for (int i = 0; i < y.Length; i++)
            {
                double slope = 4 * (exaggeration * attraction[i] - gradient[i] / total);
                gain[i] = Math.Max(LeastGain, slope > 0 != velocity[i] > 0 ? gain[i] + 0.2 : gain[i] * 0.8);
                velocity[i] = momentum * velocity[i] - rate * gain[i] * slope;
                y[i] += velocity[i];
            }
            Center(y);
        }
        Divergence = DivergenceOf(p, y);
        return new(y, 2);
    }

    double[] First(int n)
    {
        var random = new Philox(Seed, RandomStream.Of("classical.t-sne"));
        return [.. Enumerable.Range(0, 2 * n).Select(i => 1e-4 * random.Normal(i))];
    }

    static void Center(double[] y)
    {
        double across = 0, up = 0;
        for (int i = 0; i < y.Length; i += 2)
            (across, up) = (across + y[i], up + y[i + 1]);
        for (int i = 0; i < y.Length; i += 2)
            (y[i], y[i + 1]) = (y[i] - 2 * across / y.Length, y[i + 1] - 2 * up / y.Length);
    }

    // p of each pair: (p of j given i + p of i given j) / 2n, the breadth around each row such that its entropy is
    // ln(perplexity).
    double[] Similarities(FeatureMatrix x)
    {
        int n = x.Rows;
        double[] p = new double[n * n], norms = x.SquaredNorms();
        var rows = new ReadOnlyMatrix<double>(x.Values, n, x.Columns);
        Gemm.Multiply(rows, rows.Transposed, new Matrix<double>(p, n, n));
        Workers.Run(n, new Breadth(p, norms, Math.Log(Perplexity)));
        for (int i = 0; i < n; i++)
            for (int j = 0; j < i; j++)
                p[i * n + j] = p[j * n + i] = Math.Max(LeastSimilarity, (p[i * n + j] + p[j * n + i]) / (2 * n));
        return p;
    }

    static double DivergenceOf(double[] p, double[] y)
    {
        int n = y.Length / 2;
        double total = 0, sum = 0;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                total += i == j ? 0 : Nearness(y, i, j);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                if (i != j)
                    sum += p[i * n + j] * PortableMath.Log(p[i * n + j]
                        / Math.Max(LeastSimilarity, Nearness(y, i, j) / total));
        return sum;
    }

    // Student's t with one degree of freedom: far rows may lie farther than a Gaussian would have them.
    static double Nearness(double[] y, int i, int j)
    {
        double across = y[2 * i] - y[2 * j], up = y[2 * i + 1] - y[2 * j + 1];
        return 1 / (1 + across * across + up * up);
    }

    readonly struct Breadth(double[] p, double[] norms, double entropy) : IJob
    {
        public void Run(int part)
        {
            int n = norms.Length, i = part;
            Span<double> row = p.AsSpan(i * n, n);
            double least = double.PositiveInfinity;
            for (int j = 0; j < n; j++)
            {
                row[j] = Math.Max(0, norms[i] + norms[j] - 2 * row[j]);
                least = j == i ? least : Math.Min(least, row[j]);
            }
            double[] distances = row.ToArray();
            double low = 0, high = double.PositiveInfinity, beta = 1;
            for (int trial = 0; trial < 100; trial++)
            {
                double sum = 0, weighted = 0;
                for (int j = 0; j < n; j++)
                {
                    // From the nearest row on: e^x of far rows alone would be 0 throughout.
                    row[j] = j == i ? 0 : PortableMath.Exp(-beta * (distances[j] - least));
                    sum += row[j];
                    weighted += row[j] * (distances[j] - least);
                }
                double found = PortableMath.Log(sum) + beta * weighted / sum;
                for (int j = 0; j < n; j++)
                    row[j] /= sum;
                if (Math.Abs(found - entropy) < 1e-6)
                    break;
                (low, high) = found > entropy ? (beta, high) : (low, beta);
                beta = double.IsInfinity(high) ? beta * 2 : (low + high) / 2;
            }
        }
    }

    readonly struct Forces(double[] p, double[] y, double[] attraction, double[] repulsion, double[] sums) : IJob
    {
        public void Run(int i)
        {
            int n = sums.Length;
            double towardsX = 0, towardsY = 0, awayX = 0, awayY = 0, sum = 0;
            for (int j = 0; j < n; j++)
            {
                if (j == i)
                    continue;
                double nearness = Nearness(y, i, j), across = y[2 * i] - y[2 * j], up = y[2 * i + 1] - y[2 * j + 1];
                sum += nearness;
                towardsX += p[i * n + j] * nearness * across;
                towardsY += p[i * n + j] * nearness * up;
                awayX += nearness * nearness * across;
                awayY += nearness * nearness * up;
            }
            sums[i] = sum;
            (attraction[2 * i], attraction[2 * i + 1]) = (towardsX, towardsY);
            (repulsion[2 * i], repulsion[2 * i + 1]) = (awayX, awayY);
        }
    }
}
