using Hondo.Data;

namespace Hondo.Classical;

/// <summary>Rows of numbers in float64, one row a sample: <c>[rows, columns]</c>.</summary>
public sealed class FeatureMatrix
{
    readonly double[] _values;

    /// <summary>A matrix of given numbers, which it keeps.</summary>
    /// <param name="values">All numbers, row-major.</param>
    /// <param name="columns">Numbers in a row, from 1.</param>
    /// <exception cref="ArgumentException">The numbers are not a whole count of rows, there are none, or one is NaN or
    /// infinite.</exception>
    public FeatureMatrix(double[] values, int columns)
    {
        if (columns < 1 || values.Length == 0 || values.Length % columns != 0)
            throw new ArgumentException($"{values.Length} numbers are not rows of {columns}.", nameof(values));
        int bad = Array.FindIndex(values, value => !double.IsFinite(value));
        if (bad >= 0)
            throw new ArgumentException($"Row {bad / columns}, column {bad % columns} (counted from 0) is "
                + $"{values[bad]}. Correct it, or leave the row out.", nameof(values));
        (_values, Columns, Rows) = (values, columns, values.Length / columns);
    }

    /// <summary>How many rows.</summary>
    public int Rows { get; }

    /// <summary>How many numbers are in a row.</summary>
    public int Columns { get; }

    /// <summary>All numbers, row-major.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The numbers of a row.</summary>
    public ReadOnlySpan<double> this[int row] => _values.AsSpan(row * Columns, Columns);

    /// <summary>The samples of a data set, each flattened to one row, in natural units or normalized.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="normalization">Fitted on the training part; null for natural units.</param>
    public static FeatureMatrix Of(Dataset data, Normalization? normalization = null)
    {
        int columns = data.Sample.Size;
        var values = new double[data.Count * columns];
        var sample = new float[columns];
        for (int i = 0; i < data.Count; i++)
        {
            data.CopySample(i, sample);
            normalization?.Apply(sample);
            for (int j = 0; j < columns; j++)
                values[i * columns + j] = sample[j];
        }
        return new(values, columns);
    }

    /// <summary>The classes of a data set's samples.</summary>
    /// <exception cref="InvalidOperationException">The targets are numbers.</exception>
    public static int[] Labels(Dataset data) => [.. Enumerable.Range(0, data.Count).Select(data.Label)];

    /// <summary>Some of the rows, in the given order.</summary>
    public FeatureMatrix Take(ReadOnlySpan<int> rows)
    {
        var values = new double[rows.Length * Columns];
        for (int i = 0; i < rows.Length; i++)
            this[rows[i]].CopyTo(values.AsSpan(i * Columns));
        return new(values, Columns);
    }

    /// <summary>|x|² of each row.</summary>
    internal double[] SquaredNorms()
    {
        var norms = new double[Rows];
        for (int i = 0; i < Rows; i++)
            foreach (double x in this[i])
                norms[i] += x * x;
        return norms;
    }

    internal void Require(int columns, string model)
    {
        if (Columns != columns)
            throw new ArgumentException($"This {model} was fitted on rows of {columns} numbers, but got rows of "
                + $"{Columns}.");
    }
}
