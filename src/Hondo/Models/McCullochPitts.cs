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
