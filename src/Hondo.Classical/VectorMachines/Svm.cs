using System.Globalization;
using Hondo.Kernels;

namespace Hondo.Classical;

/// <summary>
/// Support vector machine: f(x) = Σ αᵢyᵢk(xᵢ, x) + b with the widest margin between two classes, where each sample
/// inside it costs C · (1 − y f(x)) (Cortes and Vapnik 1995, "Support-vector networks"). Several classes: a machine for
/// each two of them, and the class with most votes, of equals the first (Knerr, Personnaz, Dreyfus 1990).
/// </summary>
/// <param name="kernel">k(x, z), chosen by a person.</param>
/// <param name="c">C, above 0: what a sample inside the margin costs. Small for a wide margin, large for few errors.
/// </param>
/// <example><code>
/// var svm = new Svm(new RbfKernel(), c: 1);
/// svm.Fit(FeatureMatrix.Of(train, normalization), FeatureMatrix.Labels(train));
/// int[] classes = svm.Predict(FeatureMatrix.Of(test, normalization));
/// </code></example>
public sealed class Svm(IKernel kernel, double c = 1) : IClassifier
{
    const int Block = 256;

    IKernel? _fitted;
    FeatureMatrix? _supports;
    double[] _norms = [];
    double[] _coefficients = [], _biases = [];
    int _classes;

    /// <summary>C.</summary>
    public double C { get; } = c > 0 && double.IsFinite(c) ? c
        : throw new ArgumentOutOfRangeException(nameof(c), c, "C of a support vector machine is above 0.");

    /// <summary>k(x, z), with the γ of the training rows once they are known.</summary>
    public IKernel Kernel => _fitted ?? kernel;

    /// <summary>How far the optimality conditions may be violated at the end.</summary>
    public double Tolerance { get; init; } = 1e-3;

    /// <summary>Bytes for kernel rows; it changes the time alone.</summary>
    public long CacheBytes { get; init; } = 400L << 20;

    /// <summary>The most steps of a machine.</summary>
    public long MaxSteps { get; init; } = 10_000_000;

    /// <summary>The rows that the decision depends on; null before Fit.</summary>
    public FeatureMatrix? SupportVectors => _supports;

    /// <summary>Which training rows the support vectors are.</summary>
    public IReadOnlyList<int> SupportRows { get; private set; } = [];

    /// <summary>A machine for each pair of classes, (0, 1), (0, 2) … (1, 2) ….</summary>
    public IReadOnlyList<SvmPair> Machines { get; private set; } = [];

    /// <inheritdoc/>
    public void Fit(FeatureMatrix x, ReadOnlySpan<int> labels)
    {
        _classes = ClassLabels.Count(x, labels, nameof(Svm));
        _fitted = kernel.For(x);
        List<int>[] members = [.. Enumerable.Range(0, _classes).Select(_ => new List<int>())];
        for (int i = 0; i < labels.Length; i++)
            members[labels[i]].Add(i);
        (int First, int Second)[] pairs = [.. Pairs(_classes)];
        var machines = new SvmPair[pairs.Length];
        Workers.Run(pairs.Length, new Fitting(this, x, members, pairs, machines));
        Machines = machines;
        int[] rows = [.. machines.SelectMany(machine => machine.Rows).Distinct().Order()];
        SupportRows = rows;
        _supports = x.Take(rows);
        _norms = _supports.SquaredNorms();
        _biases = [.. machines.Select(machine => machine.Bias)];
        _coefficients = new double[rows.Length * machines.Length];
        for (int m = 0; m < machines.Length; m++)
            for (int i = 0; i < machines[m].Rows.Count; i++)
                _coefficients[Array.BinarySearch(rows, machines[m].Rows[i]) * machines.Length + m] =
                    machines[m].Coefficients[i];
    }

    /// <summary>f(x) of each machine: above 0 for the first of its classes.      [rows, machines]</summary>
    /// <param name="x">Rows as wide as those of the training.</param>
    /// <exception cref="InvalidOperationException">Nothing was learned yet.</exception>
    public double[,] Decide(FeatureMatrix x)
    {
        FeatureMatrix supports = _supports ?? throw ClassLabels.NotFitted(nameof(Svm));
        x.Require(supports.Columns, "support vector machine");
        int machines = Machines.Count, n = supports.Rows;
        double[] products = new double[Math.Min(Block, x.Rows) * n], norms = x.SquaredNorms();
        var decisions = new double[x.Rows, machines];
        Span<double> all = System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref decisions[0, 0],
            decisions.Length);
        for (int first = 0; first < x.Rows; first += Block)
        {
            int rows = Math.Min(Block, x.Rows - first);
            var block = new Matrix<double>(products, rows, n);
            Gemm.Multiply(new ReadOnlyMatrix<double>(x.Values[(first * x.Columns)..], rows, x.Columns),
                new ReadOnlyMatrix<double>(supports.Values, n, x.Columns).Transposed, block);
            for (int i = 0; i < rows; i++)
                Kernel.Apply(products.AsSpan(i * n, n), norms[first + i], _norms);
            Gemm.Multiply(block, new ReadOnlyMatrix<double>(_coefficients, n, machines),
                ReadOnlyMatrix<double>.Row(_biases, rows),
                new Matrix<double>(all[(first * machines)..], rows, machines));
        }
        return decisions;
    }

    /// <inheritdoc/>
    public int[] Predict(FeatureMatrix x)
    {
        double[,] decisions = Decide(x);
        var classes = new int[x.Rows];
        var votes = new int[_classes];
        for (int i = 0; i < classes.Length; i++)
        {
            Array.Clear(votes);
            for (int m = 0; m < Machines.Count; m++)
                votes[decisions[i, m] > 0 ? Machines[m].First : Machines[m].Second]++;
            classes[i] = Array.IndexOf(votes, votes.Max());
        }
        return classes;
    }

    /// <inheritdoc/>
    public string Describe() => Machines is [var only]
        ? string.Create(CultureInfo.InvariantCulture,
            $"{SupportRows.Count:N0} support vectors, margin {only.Margin:0.####}, {Kernel}")
        : string.Create(CultureInfo.InvariantCulture,
            $"{SupportRows.Count:N0} support vectors of {Machines.Count} machines, {Kernel}");

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"svm(kernel: {kernel}, c: {C})");

    static IEnumerable<(int, int)> Pairs(int classes) =>
        from first in Enumerable.Range(0, classes)
        from second in Enumerable.Range(first + 1, classes - first - 1)
        select (first, second);

    SvmPair FitPair(FeatureMatrix x, int first, int second, List<int> positive, List<int> negative, int parallel)
    {
        int[] rows = [.. positive, .. negative];
        // A class without rows, as a fold may have it: the other one wins this vote.
        if (positive.Count == 0 || negative.Count == 0)
            return new(first, second, [], [], positive.Count > 0 ? 1 : -1, 0, 0);
        var isPositive = new bool[rows.Length];
        isPositive.AsSpan(0, positive.Count).Fill(true);
        var solver = new SequentialMinimalOptimization(
            new(Kernel, x.Take(rows), CacheBytes / parallel), isPositive, C, Tolerance, MaxSteps);
        int[] support = [.. Enumerable.Range(0, rows.Length).Where(i => solver.Alpha[i] > 0)];
        return new(first, second, [.. support.Select(i => rows[i])],
            [.. support.Select(i => isPositive[i] ? solver.Alpha[i] : -solver.Alpha[i])], solver.Bias,
            solver.SquaredNorm, solver.Steps);
    }

    readonly struct Fitting(Svm svm, FeatureMatrix x, List<int>[] members, (int First, int Second)[] pairs,
        SvmPair[] machines) : IJob
    {
        public void Run(int part) => machines[part] = svm.FitPair(x, pairs[part].First, pairs[part].Second,
            members[pairs[part].First], members[pairs[part].Second], Math.Min(pairs.Length, Workers.Count));
    }
}

/// <summary>The machine that tells two classes apart.</summary>
/// <param name="First">The class for which f(x) is above 0.</param>
/// <param name="Second">The class for which f(x) is below 0.</param>
/// <param name="Rows">The training rows that are its support vectors.</param>
/// <param name="Coefficients">αᵢyᵢ of each.</param>
/// <param name="Bias">b.</param>
/// <param name="SquaredNorm">|w|² in the kernel's space.</param>
/// <param name="Steps">Steps of the solver.</param>
public sealed record SvmPair(int First, int Second, IReadOnlyList<int> Rows, IReadOnlyList<double> Coefficients,
    double Bias, double SquaredNorm, long Steps)
{
    /// <summary>2 / |w|: the distance between f(x) = 1 and f(x) = −1.</summary>
    public double Margin => 2 / Math.Sqrt(SquaredNorm);
}
