namespace Hondo.Models;

/// <summary>
/// The adaptive linear neuron of Widrow and Hoff (1960, "Adaptive switching circuits"): f(x) = w·x + b, trained sample
/// by sample on the squared error ½(y − f(x))²: w ← w + η·(y − f(x))·x, b ← b + η·(y − f(x)).
/// </summary>
/// <param name="inputs">How many inputs.</param>
/// <param name="learningRate">η, above 0.</param>
public sealed class Adaline(int inputs, double learningRate = 0.01)
{
    readonly double[] _weights = new double[inputs];

    /// <summary>w.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>b.</summary>
    public double Bias { get; private set; }

    /// <summary>f(x), before any threshold.</summary>
    public double Predict(params ReadOnlySpan<double> x)
    {
        if (x.Length != _weights.Length)
            throw new ArgumentException($"This Adaline has {_weights.Length} inputs, but got {x.Length}.", nameof(x));
        double sum = Bias;
        for (int i = 0; i < x.Length; i++)
            sum += _weights[i] * x[i];
        return sum;
    }

    /// <summary>The class, for answers taught as +1 and −1: the sign of f(x).</summary>
    public int Classify(params ReadOnlySpan<double> x) => Predict(x) >= 0 ? 1 : -1;

    /// <summary>One sample of the rule; returns the error y − f(x) before it.</summary>
    public double Learn(ReadOnlySpan<double> x, double y)
    {
        double error = y - Predict(x);
        for (int i = 0; i < x.Length; i++)
            _weights[i] += learningRate * error * x[i];
        Bias += learningRate * error;
        return error;
    }

    /// <summary>Goes through the samples some times; returns the mean of ½ error² in the last epoch.</summary>
    public double Fit(IReadOnlyList<(double[] X, double Y)> samples, int epochs)
    {
        double sum = 0;
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            sum = 0;
            foreach ((double[] x, double y) in samples)
            {
                double error = Learn(x, y);
                sum += error * error / 2;
            }
        }
        return sum / samples.Count;
    }
}
