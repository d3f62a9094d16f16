using Hondo.Tensors;
using static Hondo.Training.Examination;

namespace Hondo.Training;

/// <summary>Hidden layers whose units all start equal.</summary>
sealed class EqualUnitsRule : IRule
{
    static readonly DiagnosisRule Equal = new("equal-units", Severity.Warning,
        "All units of a hidden layer start with the same weights (all zeros, one constant, or copies).",
        "Draw the weights at random: He for ReLU, Xavier for sigmoid and tanh. Equal units get equal gradients and "
        + "stay "
        + "one unit for ever.");

    public IEnumerable<DiagnosisRule> Finds => [Equal];

    // Weights of the last layer may all be 0: their gradients differ.
    public void Begin(Examination e)
    {
        IReadOnlyList<WeightWatch> weights = e.Weights.Weights;
        for (int i = 0; i < weights.Count - 1; i++)
        {
            Parameter parameter = weights[i].Parameter;
            (int units, float[] values) = (UnitsOf(parameter), parameter.Value.ToArray<float>());
            if (units < 2 || !AreEqual(values, units, parameter.IsKernel))
                continue;
            string all = values.Any(value => value != 0) ? $"{Show(values[0])}, …" : "0";
            e.Report(Equal.Found($"All {units} units of {e.NameOf(weights[i].Layer)}, start with the same weights "
                + $"({all}).", weights[i].Layer));
        }
    }

    static int UnitsOf(Parameter parameter) => parameter.IsKernel ? parameter.Shape[^1] : parameter.Shape[0];

    // The units of a convolution's weight are its last axis, those of any other its first.
    static bool AreEqual(float[] values, int units, bool isKernel)
    {
        int each = values.Length / units;
        for (int unit = 1; unit < units; unit++)
            for (int i = 0; i < each; i++)
                if (isKernel ? values[i * units + unit] != values[i * units] : values[unit * each + i] != values[i])
                    return false;
        return true;
    }
}
