namespace Hondo.Models;

/// <summary>
/// A straight line through points: f(x) = a·x + b with the least J = 1/(2m) Σ (f(x) − y)² (Legendre 1805, Gauss 1809).
/// </summary>
/// <param name="Slope">a.</param>
/// <param name="Intercept">b.</param>
public sealed record SimpleLinearRegression(double Slope, double Intercept)
{
    /// <summary>f(x) = a·x + b.</summary>
    public double Predict(double x) => Slope * x + Intercept;

    /// <summary>J = 1/(2m) Σ (f(x) − y)².</summary>
    public double Loss(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += (Predict(x[i]) - y[i]) * (Predict(x[i]) - y[i]);
        return sum / (2 * x.Length);
    }

    /// <summary>Closed form: a = Σ (x − x̄)(y − ȳ) / Σ (x − x̄)², b = ȳ − a·x̄.</summary>
    /// <exception cref="ArgumentException">There are fewer than two different x, or the counts differ.</exception>
    public static SimpleLinearRegression ClosedForm(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Check(x, y);
        double meanX = Mean(x), meanY = Mean(y), covariance = 0, variance = 0;
        for (int i = 0; i < x.Length; i++)
        {
            covariance += (x[i] - meanX) * (y[i] - meanY);
            variance += (x[i] - meanX) * (x[i] - meanX);
        }
        if (variance == 0)
            throw new ArgumentException("A line needs points at two different x or more.", nameof(x));
        double slope = covariance / variance;
        return new(slope, meanY - slope * meanX);
    }

    /// <summary>Gradient descent on J, all points a step: ∂J/∂a = 1/m Σ (f(x) − y)·x, ∂J/∂b = 1/m Σ (f(x) − y).
    /// </summary>
    /// <param name="x">Where the points are.</param>
    /// <param name="y">How high they are.</param>
    /// <param name="learningRate">α, above 0; too large a rate diverges.</param>
    /// <param name="steps">How many steps.</param>
    /// <exception cref="ArgumentException">There are no points, or the counts differ.</exception>
    public static SimpleLinearRegression Descent(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double learningRate,
        int steps)
    {
        Check(x, y);
        var line = new SimpleLinearRegression(0, 0);
        for (int step = 0; step < steps; step++)
        {
            double da = 0, db = 0;
            for (int i = 0; i < x.Length; i++)
            {
                double error = line.Predict(x[i]) - y[i];
                da += error * x[i] / x.Length;
                db += error / x.Length;
            }
            line = new(line.Slope - learningRate * da, line.Intercept - learningRate * db);
        }
        return line;
    }

    static void Check(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length || x.Length == 0)
            throw new ArgumentException($"A line needs one y for each x, but got {x.Length} x and {y.Length} y.");
    }

    static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum / values.Length;
    }
}
