using Hondo.Initializers;
using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Models;

/// <summary>
/// Networks of fully connected layers, from none hidden to many. Each takes samples of any shape, which it flattens,
/// and gives raw scores: the loss does the softmax or the sigmoid.
/// </summary>
public static class FeedForward
{
    /// <summary>y = x·Wᵀ + b: linear regression, or the scores of a linear classifier.</summary>
    /// <param name="input">The shape of one sample.</param>
    /// <param name="outputs">Numbers to predict.</param>
    public static Sequential Linear(Shape input, int outputs) => new([.. Flat(input), new Linear(input.Size, outputs)]);

    /// <summary>Softmax regression: one score for each class (multinomial logistic regression).</summary>
    /// <param name="input">The shape of one sample.</param>
    /// <param name="classes">How many classes.</param>
    public static Sequential Softmax(Shape input, int classes) => Linear(input, classes);

    /// <summary>Logistic regression: one score, the log-odds of class 1 against class 0.</summary>
    /// <param name="input">The shape of one sample.</param>
    /// <param name="classes">How many classes the data has: one score tells two apart.</param>
    /// <exception cref="ArgumentException">There are more than two classes.</exception>
    public static Sequential Logistic(Shape input, int classes) => classes <= 2
        ? Linear(input, 1)
        : throw new ArgumentException($"Logistic regression tells two classes apart, but the data has {classes}. "
            + "Use softmax.", nameof(classes));

    /// <summary>
    /// The multilayer perceptron (Rumelhart, Hinton and Williams 1986): layers of units, each followed by an activation
    /// and perhaps dropout, then the scores.
    /// </summary>
    /// <param name="input">The shape of one sample.</param>
    /// <param name="outputs">Classes, or numbers to predict.</param>
    /// <param name="hidden">Units of each hidden layer.</param>
    /// <param name="activation">Makes the activation after a hidden layer; weights start by Xavier before a sigmoid or
    /// tanh, else by He.</param>
    /// <param name="dropout">The probability of 0 after each hidden layer.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Sequential Mlp(Shape input, int outputs, IReadOnlyList<int> hidden, Func<Layer> activation,
        double dropout = 0)
    {
        List<Layer> layers = [.. Flat(input)];
        int width = input.Size;
        foreach (int units in hidden)
        {
            Layer bend = activation();
            layers.Add(new Linear(width, units, initializer: bend is Sigmoid or Tanh ? Initial.XavierUniform : null));
            layers.Add(bend);
            if (dropout != 0)
                layers.Add(new Dropout(dropout));
            width = units;
        }
        return new([.. layers, new Linear(width, outputs)]);
    }

    static Layer[] Flat(Shape input) => input.Rank == 1 ? [] : [new Flatten()];
}
