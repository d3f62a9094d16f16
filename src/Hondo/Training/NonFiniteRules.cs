using Hondo.Findings;

namespace Hondo.Training;

/// <summary>Findings when numbers are no longer numbers; they end the training.</summary>
static class NonFiniteRules
{
    public const string Calmer =
        "Lower the learning rate, clip the gradients (before: [ClipNorm(1)]), or normalize the data.";

    /// <summary><see cref="Calmer"/> with the rate in force.</summary>
    public static Phrase CalmerThan(string rate) => $"Lower the learning rate ({rate} now), clip the gradients "
        + $"(before: [ClipNorm(1)]), or normalize the data.";

    public static readonly DiagnosisRule Value = new("not-finite-value", Severity.Error,
        "The loss is NaN or infinite, and an op makes the first such number out of finite ones.", Calmer);

    public static readonly DiagnosisRule Weights = new("not-finite-weights", Severity.Error,
        "The loss is NaN or infinite, because a parameter holds NaN or infinity since the update before.", Calmer);

    public static readonly DiagnosisRule Samples = new("not-finite-samples", Severity.Error,
        "The loss is NaN or infinite, because a sample or a target holds NaN or infinity.",
        "Correct the row or leave it out; look at what augmentation does to it.");

    public static readonly DiagnosisRule Gradient = new("not-finite-gradient", Severity.Error,
        "The loss is finite, but the gradient of a parameter is NaN or infinite.", Calmer);

    /// <summary>What helps against NaN or infinity of one op; null when only the usual helps.</summary>
    public static string? RemedyOf(string op, bool inBackward) => op switch
    {
        "Log" => "The logarithm of 0 is −∞ and of less NaN: give the loss raw scores (CrossEntropy, "
            + "BinaryCrossEntropy), or add a small number first.",
        "Div" or "DivideBy" or "DivideInto" or "Reciprocal" =>
            "Something was divided by 0: add a small number to the divisor, as norms do.",
        "Exp" or "Expm1" or "Sinh" or "Cosh" => "e^x overflows at x > 88: subtract the largest number first (Softmax "
        + "and LogSumExp do), or clip.",
        "Sqrt" or "Rsqrt" or "Norm" when inBackward =>
            "The slope of √x at 0 is infinite: add a small number under the root.",
        "Sqrt" or "Rsqrt" => "The root of less than 0 is NaN, and 1/√0 is infinite: add a small number, or clip at 0.",
        "Pow" => "A power of 0 or of less may have no value or no slope: add a small number to the base, or clip.",
        "Asin" or "Acos" or "Atanh" or "Acosh" => "The function has no value, or an infinite slope, there: clip first.",
        _ => null,
    };
}
