using System.Runtime.CompilerServices;

namespace Hondo.Data;

/// <summary>Checks probabilities.</summary>
static class Probability
{
    public static void Check(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(name, value, "A probability is above 0 to 1.");
    }
}
