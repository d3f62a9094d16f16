namespace Hondo.Models;

/// <summary>
/// Rosenblatt's perceptron (1958, "The perceptron: a probabilistic model for information storage and organization in
/// the brain"): ŷ = 1 when w·x + b ≥ threshold, else 0. It learns by w ← w + γ·(y − ŷ)·x, which ends without errors if
/// a straight line can part the classes (Novikoff 1962), and never otherwise.
/// </summary>
public sealed class Perceptron
{
    readonly double[] _weights;
    readonly double _threshold;

    /// <summary>A perceptron that learns a bias: its threshold is 0.</summary>
    /// <param name="inputs">How many inputs.</param>
    public Perceptron(int inputs) => (_weights, HasBias) = (new double[inputs], true);

    /// <summary>A perceptron with a fixed threshold and no bias, from given weights.</summary>
    /// <param name="weights">The first weights.</param>
    /// <param name="threshold">From which sum on it answers 1.</param>
    public Perceptron(double[] weights, double threshold) => (_weights, _threshold) = ([.. weights], threshold);

    /// <summary>w.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>b; 0 with a fixed threshold.</summary>
    public double Bias { get; private set; }

    /// <summary>True when the bias is learned.</summary>
    public bool HasBias { get; }

    /// <summary>γ, how far one error moves the weights.</summary>
    public double LearningRate { get; init; } = 1;

    /// <summary>ŷ, 0 or 1.</summary>
    public int Predict(params ReadOnlySpan<double> x)
    {
        if (x.Length != _weights.Length)
            throw new ArgumentException($"This perceptron has {_weights.Length} inputs, but got {x.Length}.",
                nameof(x));
        double sum = Bias;
        for (int i = 0; i < x.Length; i++)
            sum += _weights[i] * x[i];
        return sum >= _threshold ? 1 : 0;
    }

    /// <summary>One sample of the rule; says whether the answer was right before.</summary>
    public bool Learn(ReadOnlySpan<double> x, int y)
    {
        int error = y - Predict(x);
        for (int i = 0; i < x.Length; i++)
            _weights[i] += LearningRate * error * x[i];
        if (HasBias)
            Bias += LearningRate * error;
        return error == 0;
    }

    /// <summary>Goes through the samples, again and again, until all answers are right.</summary>
    /// <param name="samples">Inputs and answers.</param>
    /// <param name="epochs">How often at most.</param>
    /// <returns>Epochs needed, the one without errors included; −1 when some answers were wrong to the end.</returns>
    public int Fit(IReadOnlyList<(double[] X, int Y)> samples, int epochs = 100)
    {
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            int errors = 0;
            foreach ((double[] x, int y) in samples)
                errors += Learn(x, y) ? 0 : 1;
            if (errors == 0)
                return epoch;
        }
        return -1;
    }
}
