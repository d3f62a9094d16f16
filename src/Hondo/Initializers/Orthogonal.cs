using System.Numerics;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Initializers;

/// <summary>
/// A matrix whose rows (or columns, if it has more rows than columns) are orthonormal, times a gain (Saxe et al. 2013,
/// arXiv:1312.6120). Axes after the first count as columns.
/// </summary>
public sealed class Orthogonal : IInitializer
{
    readonly double _gain;

    /// <summary>An orthogonal matrix.</summary>
    /// <param name="gain">The length of each row, above 0.</param>
    public Orthogonal(double gain = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(gain);
        _gain = gain;
    }

    /// <inheritdoc/>
    public void Fill<T>(Span<T> values, Shape shape, ulong seed, ulong stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (shape.Rank < 2)
            throw new ShapeException($"Orthogonal draws matrices, but the parameter is {shape}. Use Normal for it.");
        int rows = shape[0], columns = shape.SizeAfter(0), few = Math.Min(rows, columns),
            many = Math.Max(rows, columns);
        double[][] vectors = Draw(few, many, new Philox(seed, stream));
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                values[(row * columns) + column] = T.CreateTruncating(
                    _gain * (rows <= columns ? vectors[row][column] : vectors[column][row]));
    }

    // Normal vectors have no preferred direction, and Gram–Schmidt keeps it so: every rotation is equally likely.
    static double[][] Draw(int few, int many, Philox random)
    {
        var vectors = new double[few][];
        for (int i = 0; i < few; i++)
        {
            vectors[i] = new double[many];
            for (int k = 0; k < many; k++)
                vectors[i][k] = random.Normal((i * (long)many) + k);
            // Twice is enough: after the first pass rounding leaves a small remainder along the others.
            Straighten(vectors, i);
            Straighten(vectors, i);
        }
        return vectors;
    }

    static void Straighten(double[][] vectors, int i)
    {
        double[] v = vectors[i];
        for (int other = 0; other < i; other++)
        {
            double along = Dot(v, vectors[other]);
            for (int k = 0; k < v.Length; k++)
                v[k] -= along * vectors[other][k];
        }
        double length = Math.Sqrt(Dot(v, v));
        for (int k = 0; k < v.Length; k++)
            v[k] /= length;
    }

    static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
            sum += a[k] * b[k];
        return sum;
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Orthogonal").Add("gain", _gain, 1).ToString();
}
