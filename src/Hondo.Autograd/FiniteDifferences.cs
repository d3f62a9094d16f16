using System.Globalization;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Autograd;

/// <summary>
/// Derivatives from five points, f′ ≈ (f(x−2h) − 8f(x−h) + 8f(x+h) − f(x+2h)) / 12h, whose error is of the order h⁴:
/// with h = 10⁻⁴ it is rounding, about 10⁻¹¹, that limits them.
/// </summary>
sealed class FiniteDifferences(Func<Tensor> f, IReadOnlyList<Parameter> inputs, Mode mode)
{
    const double Step = 1e-4;

    readonly Tape _tape = new();
    Tensor _weights;

    public GradientReport Check()
    {
        GradientReport worst = new(0, "nowhere", 0, 0, 0);
        Backward();
        double[][] exact = [.. inputs.Select(p => p.Gradient.ToArray<double>())];
        int count = 0;
        for (int p = 0; p < inputs.Count; p++)
            for (int i = 0; i < exact[p].Length; i++, count++)
            {
                double numeric = Numeric(inputs[p], i), given = exact[p][i];
                double error = Math.Abs(numeric - given) / Math.Max(1, Math.Max(Math.Abs(numeric), Math.Abs(given)));
                // Written so that a NaN is the worst of all.
                if (!(error <= worst.Worst))
                    worst = new(double.IsNaN(error) ? double.PositiveInfinity : error, Place(inputs[p], i), given,
                        numeric, 0);
            }
        return worst with { Checked = count };
    }

    double Numeric(Parameter parameter, int i)
    {
        double center = parameter.Values<double>()[i];
        double At(double x)
        {
            parameter.Values<double>()[i] = x;
            return Value();
        }
        double slope = (At(center - 2 * Step) - 8 * At(center - Step) + 8 * At(center + Step) - At(center + 2 * Step))
            / (12 * Step);
        parameter.Values<double>()[i] = center;
        return slope;
    }

    double Value()
    {
        using var step = Open();
        return Weighted(f()).Item;
    }

    void Backward()
    {
        foreach (Parameter parameter in inputs)
            parameter.Leaf.Gradient.Bytes.Clear();
        using var step = Open();
        Weighted(f()).Backward();
    }

    Tape.Scope Open() => _tape.Open(new StepInfo(mode, 1, 1));

    Tensor Weighted(Tensor y)
    {
        if (_weights.IsDefault)
            _weights = Weights(y.Shape);
        return (y * _weights).Mean();
    }

    // Different for each number, none near 0, and not symmetric: an error in any place shows.
    static Tensor Weights(Shape shape)
    {
        var weights = new double[shape.Size];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = (0.5 + (i * 0.6180339887 % 1)) * (i % 3 == 1 ? -1 : 1) * weights.Length;
        return Parameter.Of(Tensor.Of(weights, shape)).Value.Keep();
    }

    static string Place(Parameter parameter, int i)
    {
        var indices = new List<int>();
        for (int axis = parameter.Shape.Rank - 1; axis >= 0; i /= parameter.Shape[axis], axis--)
            indices.Insert(0, i % parameter.Shape[axis]);
        return $"{parameter.Name} [{string.Join(", ", indices)}]";
    }
}

/// <summary>What a gradient check found: the place where the two gradients differ most.</summary>
/// <param name="Worst">The largest |numeric − exact| / max(1, |numeric|, |exact|).</param>
/// <param name="Where">The input and the index of its number, e.g. <c>input 1 [0, 2]</c>.</param>
/// <param name="Exact">What Backward gave there.</param>
/// <param name="Numeric">What finite differences gave there.</param>
/// <param name="Checked">How many numbers were compared.</param>
public sealed record GradientReport(double Worst, string Where, double Exact, double Numeric, int Checked)
{
    /// <summary>True when the worst error is at most the tolerance: 10⁻⁶ for any op, 10⁻⁸ for smooth ones.</summary>
    public bool IsWithin(double tolerance) => Worst <= tolerance;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Checked} gradients, worst error {Worst:e1} at {Where}: "
        + $"Backward gave {Exact:g9}, finite differences {Numeric:g9}");
}
