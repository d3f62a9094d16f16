using System.Globalization;
using Hondo.Kernels;

namespace Hondo.Classical;

/// <summary>
/// Principal component analysis: the directions in which the rows vary most, each at right angles to those before it
/// (Pearson 1901; Hotelling 1933). Of all linear codes of so many numbers it loses least: what an autoencoder is
/// compared with.
/// </summary>
/// <example><code>
/// Pca pca = Pca.Fit(FeatureMatrix.Of(train), components: 30);
/// FeatureMatrix codes = pca.Transform(FeatureMatrix.Of(test));      // [rows, 30]
/// </code></example>
public sealed class Pca
{
    readonly double[] _mean, _components, _variances, _ratios;

    Pca(double[] mean, double[] components, double[] variances, double total)
    {
        (_mean, _components, _variances) = (mean, components, variances);
        _ratios = [.. variances.Select(variance => total > 0 ? variance / total : 0)];
    }

    /// <summary>The mean of each column.</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>How many components there are.</summary>
    public int Count => _variances.Length;

    /// <summary>A component: a direction of length 1, whose largest number is positive.</summary>
    public ReadOnlySpan<double> this[int component] => _components.AsSpan(component * _mean.Length, _mean.Length);

    /// <summary>The variance along each component (divided by rows − 1), largest first.</summary>
    public ReadOnlySpan<double> Variances => _variances;

    /// <summary>Each variance as a share of that of all columns.</summary>
    public ReadOnlySpan<double> Ratios => _ratios;

    /// <summary>Finds the components.</summary>
    /// <param name="x">Two rows or more.</param>
    /// <param name="components">How many to keep, from 1 to the lesser of rows and columns.</param>
    /// <exception cref="ArgumentOutOfRangeException">So many components there are not.</exception>
    public static Pca Fit(FeatureMatrix x, int components)
    {
        int most = Math.Min(x.Rows, x.Columns);
        if (components < 1 || components > most || x.Rows < 2)
            throw new ArgumentOutOfRangeException(nameof(components), components, $"{x.Rows} rows of {x.Columns} "
                + $"numbers have 1 to {most} components, and need 2 rows.");
        double[] mean = MeanOf(x), centred = [.. x.Values];
        double total = 0;
        for (int i = 0; i < centred.Length; i++)
        {
            centred[i] -= mean[i % mean.Length];
            total += centred[i] * centred[i];
        }
        var rows = new ReadOnlyMatrix<double>(centred, x.Rows, x.Columns);
        // The lesser of both products has all that there is.
        (double[] values, double[] vectors) = x.Columns <= x.Rows ? OfColumns(rows) : OfRows(rows);
        double[] kept = vectors[..(components * x.Columns)];
        for (int k = 0; k < components; k++)
            Orient(kept.AsSpan(k * x.Columns, x.Columns));
        return new(mean, kept, [.. values.Take(components).Select(value => Math.Max(0, value) / (x.Rows - 1))],
            total / (x.Rows - 1));
    }

    /// <summary>The codes z = (x − mean)·componentsᵀ.      [rows, columns] → [rows, components]</summary>
    public FeatureMatrix Transform(FeatureMatrix x)
    {
        x.Require(_mean.Length, "PCA");
        double[] centred = [.. x.Values], codes = new double[x.Rows * Count];
        for (int i = 0; i < centred.Length; i++)
            centred[i] -= _mean[i % _mean.Length];
        Gemm.Multiply(new ReadOnlyMatrix<double>(centred, x.Rows, x.Columns),
            new ReadOnlyMatrix<double>(_components, Count, x.Columns).Transposed,
            new Matrix<double>(codes, x.Rows, Count));
        return new(codes, Count);
    }

    /// <summary>The rows that codes stand for: mean + z·components.      [rows, components] → [rows, columns]</summary>
    public FeatureMatrix Restore(FeatureMatrix codes)
    {
        codes.Require(Count, "PCA's codes");
        var rows = new double[codes.Rows * _mean.Length];
        Gemm.Multiply(new ReadOnlyMatrix<double>(codes.Values, codes.Rows, Count),
            new ReadOnlyMatrix<double>(_components, Count, _mean.Length),
            ReadOnlyMatrix<double>.Row(_mean, codes.Rows), new Matrix<double>(rows, codes.Rows, _mean.Length));
        return new(rows, _mean.Length);
    }

    /// <summary>What the codes lose: the mean over the rows of |x − restored x|².</summary>
    public double ReconstructionError(FeatureMatrix x)
    {
        FeatureMatrix restored = Restore(Transform(x));
        double sum = 0;
        for (int i = 0; i < x.Values.Length; i++)
            sum += (x.Values[i] - restored.Values[i]) * (x.Values[i] - restored.Values[i]);
        return sum / x.Rows;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"Pca: {Count} of {_mean.Length} components, {_ratios.Sum():P1} of the variance");

    static double[] MeanOf(FeatureMatrix x)
    {
        var mean = new double[x.Columns];
        for (int i = 0; i < x.Values.Length; i++)
            mean[i % mean.Length] += x.Values[i];
        return Array.ConvertAll(mean, sum => sum / x.Rows);
    }

    static (double[] Values, double[] Vectors) OfColumns(ReadOnlyMatrix<double> rows)
    {
        var product = new double[rows.Columns * rows.Columns];
        Gemm.Multiply(rows.Transposed, rows, new Matrix<double>(product, rows.Columns, rows.Columns));
        var eigen = new SymmetricEigen(product, rows.Columns);
        return (eigen.Values, eigen.Vectors);
    }

    // More columns than rows: XXᵀu = λu gives v = Xᵀu / √λ.
    static (double[] Values, double[] Vectors) OfRows(ReadOnlyMatrix<double> rows)
    {
        int n = rows.Rows;
        double[] product = new double[n * n], vectors = new double[n * rows.Columns];
        Gemm.Multiply(rows, rows.Transposed, new Matrix<double>(product, n, n));
        var eigen = new SymmetricEigen(product, n);
        Gemm.Multiply(new ReadOnlyMatrix<double>(eigen.Vectors, n, n), rows,
            new Matrix<double>(vectors, n, rows.Columns));
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] /= Math.Sqrt(Math.Max(eigen.Values[i / rows.Columns], double.Epsilon));
        return (eigen.Values, vectors);
    }

    // A direction and its opposite are the same: the sign is a convention.
    static void Orient(Span<double> direction)
    {
        int largest = 0;
        for (int j = 1; j < direction.Length; j++)
            if (Math.Abs(direction[j]) > Math.Abs(direction[largest]))
                largest = j;
        if (direction[largest] < 0)
            foreach (ref double x in direction)
                x = -x;
    }
}
