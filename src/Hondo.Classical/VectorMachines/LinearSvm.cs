using System.Globalization;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Classical;

/// <summary>
/// Linear support vector machine by the hinge loss: minimize ½(|w|² + b²) + C Σ max(0, 1 − y(w·x + b)), one against
/// the rest for several classes. Dual coordinate descent: Hsieh, Chang, Lin, Keerthi, Sundararajan 2008, "A dual
/// coordinate descent method for large-scale linear SVM". Time and memory grow with the rows, not with their square.
/// </summary>
/// <param name="c">C, above 0.</param>
public sealed class LinearSvm(double c = 1) : IClassifier
{
    double[][] _weights = [];

    /// <summary>C.</summary>
    public double C { get; } = c > 0 && double.IsFinite(c) ? c
        : throw new ArgumentOutOfRangeException(nameof(c), c, "C of a support vector machine is above 0.");

    /// <summary>How far the gradient may be from 0 at the end.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>How often the rows are gone through at most.</summary>
    public int MaxEpochs { get; init; } = 1000;

    /// <summary>What the order of the rows depends on.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>w and, last, b of each class; of two classes the second one's alone.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Weights => _weights;

    /// <inheritdoc/>
    public void Fit(FeatureMatrix x, ReadOnlySpan<int> labels)
    {
        int classes = ClassLabels.Count(x, labels, nameof(LinearSvm));
        var weights = new double[classes == 2 ? 1 : classes][];
        Workers.Run(weights.Length, new Fitting(this, x, labels.ToArray(), weights));
        _weights = weights;
    }

    /// <summary>w·x + b of each class; of two classes one number, above 0 for the second.      [rows, weights]
    /// </summary>
    /// <exception cref="InvalidOperationException">Nothing was learned yet.</exception>
    public double[,] Decide(FeatureMatrix x)
    {
        if (_weights.Length == 0)
            throw ClassLabels.NotFitted(nameof(LinearSvm));
        x.Require(_weights[0].Length - 1, "support vector machine");
        var decisions = new double[x.Rows, _weights.Length];
        for (int i = 0; i < x.Rows; i++)
            for (int k = 0; k < _weights.Length; k++)
                decisions[i, k] = Score(x[i], _weights[k]);
        return decisions;
    }

    /// <inheritdoc/>
    public int[] Predict(FeatureMatrix x)
    {
        double[,] decisions = Decide(x);
        var classes = new int[x.Rows];
        for (int i = 0; i < classes.Length; i++)
            if (_weights.Length == 1)
                classes[i] = decisions[i, 0] > 0 ? 1 : 0;
            else
                for (int k = 1; k < _weights.Length; k++)
                    if (decisions[i, k] > decisions[i, classes[i]])
                        classes[i] = k;
        return classes;
    }

    /// <inheritdoc/>
    public string Describe() => _weights is [var only]
        ? string.Create(CultureInfo.InvariantCulture,
            $"margin {2 / Math.Sqrt(only.SkipLast(1).Sum(w => w * w)):0.####}")
        : $"{_weights.Length} hyperplanes";

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"linear-svm(c: {C})");

    static double Score(ReadOnlySpan<double> x, double[] w)
    {
        double sum = w[x.Length];
        for (int j = 0; j < x.Length; j++)
            sum += w[j] * x[j];
        return sum;
    }

    double[] FitOne(FeatureMatrix x, int[] labels, int positive)
    {
        double[] w = new double[x.Columns + 1], alpha = new double[x.Rows], norms = x.SquaredNorms();
        var order = new int[x.Rows];
        for (int epoch = 0; epoch < MaxEpochs; epoch++)
        {
            Shuffling.Fill(order, new(Seed, RandomStream.Of("classical.linear-svm"), epoch));
            double most = 0;
            foreach (int i in order)
                most = Math.Max(most, Update(x[i], labels[i] == positive ? 1 : -1, norms[i] + 1, ref alpha[i], w));
            if (most < Tolerance)
                break;
        }
        return w;
    }

    // The best α of one row with all others held: its gradient over its curvature, cut to 0 … C.
    double Update(ReadOnlySpan<double> x, int y, double curvature, ref double alpha, double[] w)
    {
        double gradient = y * Score(x, w) - 1;
        double next = Math.Clamp(alpha - gradient / curvature, 0, C), change = (next - alpha) * y;
        if (change == 0)
            return 0;
        alpha = next;
        for (int j = 0; j < x.Length; j++)
            w[j] += change * x[j];
        w[x.Length] += change;
        return Math.Abs(change) * curvature;
    }

    readonly struct Fitting(LinearSvm svm, FeatureMatrix x, int[] labels, double[][] weights) : IJob
    {
        public void Run(int part) => weights[part] = svm.FitOne(x, labels, weights.Length == 1 ? 1 : part);
    }
}
