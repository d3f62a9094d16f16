namespace Hondo.Charts;

/// <summary>A loss of two weights, and where optimizers go on it.</summary>
/// <param name="loss">The loss of weights <c>[2, 1]</c> in a step.</param>
sealed class Descents(Func<Tensor, int, Tensor> loss)
{
    /// <summary>½ · mean of (X·w − y)² over rows; a step may see a part of them.</summary>
    public static Descents LeastSquares(double[] x, double[] y, Func<int, int[]>? rowsOf = null)
    {
        int n = y.Length;
        Tensor all = Tensor.Of(x, [n, 2]), targets = Tensor.Of(y, [n, 1]);
        return new((w, step) =>
        {
            (Tensor rows, Tensor answers) = (all, targets);
            if (rowsOf is not null)
            {
                int[] some = rowsOf(step);
                rows = Tensor.Of([.. some.SelectMany(i => (double[])[x[2 * i], x[2 * i + 1]])], [some.Length, 2]);
                answers = Tensor.Of([.. some.Select(i => y[i])], [some.Length, 1]);
            }
            return 0.5 * (rows.MatMul(w) - answers).Square().Mean();
        });
    }

    /// <summary>The loss at a place.</summary>
    public double At(double x, double y) => loss(Tensor.Of([x, y], [2, 1]), 0).Item;

    /// <summary>The losses around.</summary>
    public HeightField Field(double left, double right, double bottom, double top, int points = 49)
    {
        var heights = new double[points, points];
        for (int row = 0; row < points; row++)
            for (int column = 0; column < points; column++)
                heights[row, column] = At(left + (right - left) * column / (points - 1),
                    bottom + (top - bottom) * row / (points - 1));
        return new(heights, left, right, bottom, top);
    }

    /// <summary>The places of an optimizer, the start first.</summary>
    public Series Path(string name, Func<Parameter[], Optimizer> make, double x, double y, int steps)
    {
        Parameter weights = Parameter.Of(Tensor.Of([x, y], [2, 1]));
        Optimizer optimizer = make([weights]);
        List<double> across = [x], up = [y];
        for (int step = 0; step < steps; step++)
        {
            using (Tape.Begin())
            {
                loss(weights, step).Backward();
                optimizer.Step();
            }
            double[] now = weights.Value.ToArray<double>();
            across.Add(now[0]);
            up.Add(now[1]);
        }
        return new(name, across, up);
    }

    /// <summary>The loss at each place of a path.</summary>
    public Series Losses(Series path) => new(path.Name, [.. Enumerable.Range(0, path.X.Count).Select(i => (double)i)],
        [.. path.X.Zip(path.Y, At)]);

    /// <summary>Columns of the irises, as they are or with mean 0 and deviation 1.</summary>
    public static double[] Iris(int column, bool isNormalized)
    {
        Dataset iris = Datasets.Iris().Train;
        double[] values = [.. Enumerable.Range(0, iris.Count).Select(i => (double)iris.Features[i, column])];
        double mean = values.Average(), deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        return isNormalized ? [.. values.Select(v => (v - mean) / deviation)] : values;
    }

    /// <summary>Two columns beside each other, row by row.</summary>
    public static double[] Beside(double[] a, double[] b) =>
        [.. a.Zip(b).SelectMany(pair => (double[])[pair.First, pair.Second])];
}
