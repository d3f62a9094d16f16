using System.Globalization;

namespace Hondo.Gradients;

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
