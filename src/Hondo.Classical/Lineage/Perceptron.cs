namespace Hondo.Models;

/// <summary>
/// The neuron of McCulloch and Pitts (1943, "A logical calculus of the ideas immanent in nervous activity"):
/// y = 1 when w·x ≥ threshold, else 0. A person chooses the weights; nothing is learned.
/// </summary>
/// <param name="weights">w, one for each input.</param>
/// <param name="threshold">From which sum on the neuron fires.</param>
public sealed class McCullochPitts(double[] weights, double threshold)
{
    /// <summary>x₁ ∧ x₂: both inputs are needed to reach 2.</summary>
    public static McCullochPitts And { get; } = new([1, 1], threshold: 2);

    /// <summary>x₁ ∨ x₂: one input is enough to reach 1.</summary>
    public static McCullochPitts Or { get; } = new([1, 1], threshold: 1);

    /// <summary>¬x: the input inhibits.</summary>
    public static McCullochPitts Not { get; } = new([-1], threshold: 0);

    /// <summary>1 when the neuron fires, else 0.</summary>
    /// <param name="x">The inputs, 0 or 1 each.</param>
    /// <exception cref="ArgumentException">There are more or fewer inputs than weights.</exception>
    public int Fire(params ReadOnlySpan<double> x)
    {
        if (x.Length != weights.Length)
            throw new ArgumentException($"This neuron has {weights.Length} weights, but got {x.Length} inputs.",
                nameof(x));
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += weights[i] * x[i];
        return sum >= threshold ? 1 : 0;
    }

    /// <inheritdoc/>
    public override string ToString() => $"McCullochPitts([{string.Join(", ", weights)}], {threshold})";
}

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
