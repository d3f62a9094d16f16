using Hondo.Kernels;

namespace Hondo.Classical;

/// <summary>
/// k-nearest neighbours: a row is of the class that most of the k training rows nearest to it have (Cover and Hart
/// 1967, "Nearest neighbor pattern classification"). Of classes with equally many the first one; of rows equally far
/// the earlier one.
/// </summary>
/// <param name="k">k, from 1: small follows every sample, large smooths.</param>
/// <param name="weights">How much each neighbour counts.</param>
public sealed class KNearestNeighbors(int k = 5, NeighborWeights weights = NeighborWeights.Uniform) : IClassifier
{
    const int Block = 64;

    FeatureMatrix? _rows;
    double[] _norms = [];
    int[] _labels = [];
    int _classes;

    /// <summary>k.</summary>
    public int K { get; } = k >= 1 ? k : throw new ArgumentOutOfRangeException(nameof(k), k, "k is 1 or more.");

    /// <summary>How much each neighbour counts.</summary>
    public NeighborWeights Weights => weights;

    /// <inheritdoc/>
    public void Fit(FeatureMatrix x, ReadOnlySpan<int> labels)
    {
        _classes = ClassLabels.Count(x, labels, nameof(KNearestNeighbors));
        if (K > x.Rows)
            throw new ArgumentException($"{K} neighbours were asked for, but there are {x.Rows} training rows.",
                nameof(x));
        (_rows, _labels, _norms) = (x, labels.ToArray(), x.SquaredNorms());
    }

    /// <inheritdoc/>
    public int[] Predict(FeatureMatrix x)
    {
        var classes = new int[x.Rows];
        Search(x, (row, nearest, distances) => classes[row] = Vote(nearest, distances));
        return classes;
    }

    /// <summary>The k nearest training rows of each row, nearest first.      [rows, k]</summary>
    /// <exception cref="InvalidOperationException">Nothing was learned yet.</exception>
    public int[,] Neighbors(FeatureMatrix x)
    {
        var all = new int[x.Rows, K];
        Search(x, (row, nearest, _) =>
        {
            for (int i = 0; i < nearest.Length; i++)
                all[row, i] = nearest[i];
        });
        return all;
    }

    /// <inheritdoc/>
    public string Describe() => $"{_labels.Length} rows kept";

    /// <inheritdoc/>
    public override string ToString() => $"knn(k: {K}, weights: {weights})";

    void Search(FeatureMatrix x, Action<int, int[], double[]> found)
    {
        FeatureMatrix rows = _rows ?? throw ClassLabels.NotFitted("k-nearest-neighbours model");
        x.Require(rows.Columns, "k-nearest-neighbours model");
        int n = rows.Rows;
        var dots = new double[Math.Min(Block, x.Rows) * n];
        double[] norms = x.SquaredNorms();
        for (int first = 0; first < x.Rows; first += Block)
        {
            int some = Math.Min(Block, x.Rows - first);
            Gemm.Multiply(new ReadOnlyMatrix<double>(x.Values[(first * x.Columns)..], some, x.Columns),
                new ReadOnlyMatrix<double>(rows.Values, n, rows.Columns).Transposed,
                new Matrix<double>(dots, some, n));
            Workers.Run(some, new Selecting(this, dots, norms, first, found));
        }
    }

    // The k least of |z|² − 2 x·z, in order, by insertion: most rows are too far to be inserted at all.
    void Select(ReadOnlySpan<double> dots, double norm, int row, Action<int, int[], double[]> found)
    {
        int[] nearest = new int[K];
        double[] distances = new double[K];
        int count = 0;
        for (int i = 0; i < dots.Length; i++)
        {
            double distance = _norms[i] - 2 * dots[i];
            if (count == K && distance >= distances[K - 1])
                continue;
            int place = count < K ? count++ : K - 1;
            for (; place > 0 && distances[place - 1] > distance; place--)
                (distances[place], nearest[place]) = (distances[place - 1], nearest[place - 1]);
            (distances[place], nearest[place]) = (distance, i);
        }
        for (int i = 0; i < K; i++)
            distances[i] = Math.Sqrt(Math.Max(0, distances[i] + norm));
        found(row, nearest, distances);
    }

    int Vote(int[] nearest, double[] distances)
    {
        var votes = new double[_classes];
        // Rows at no distance decide alone.
        bool hasSame = distances[0] == 0;
        for (int i = 0; i < nearest.Length; i++)
            votes[_labels[nearest[i]]] += weights == NeighborWeights.Uniform ? 1
                : hasSame ? distances[i] == 0 ? 1 : 0
                : 1 / distances[i];
        return Array.IndexOf(votes, votes.Max());
    }

    readonly struct Selecting(KNearestNeighbors model, double[] dots, double[] norms, int first,
        Action<int, int[], double[]> found) : IJob
    {
        public void Run(int part)
        {
            int n = model._labels.Length;
            model.Select(dots.AsSpan(part * n, n), norms[first + part], first + part, found);
        }
    }
}

/// <summary>How much each of the nearest neighbours counts.</summary>
public enum NeighborWeights
{
    /// <summary>All the same.</summary>
    Uniform,

    /// <summary>1 / distance.</summary>
    Distance,
}
