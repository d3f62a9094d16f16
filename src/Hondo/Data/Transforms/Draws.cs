using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>Numbers drawn one after the other for one sample: the same for equal keys.</summary>
struct Draws(ulong key)
{
    static readonly ulong Stream = RandomStream.Of("data.augment");

    readonly Philox _random = new(key, Stream);
    long _next;

    /// <summary>A number from −1 to below 1.</summary>
    public double Signed() => 2 * Uniform() - 1;

    /// <summary>A number from 0 to below 1.</summary>
    public double Uniform() => _random.Uniform(_next++);

    /// <summary>A number from low to below high.</summary>
    public double Between(double low, double high) => low + (high - low) * Uniform();

    /// <summary>A whole number from low to high, both included.</summary>
    public int Whole(int low, int high) => low + (int)((high - low + 1) * Uniform());

    /// <summary>True with a probability.</summary>
    public bool Chance(double probability) => Uniform() < probability;

    /// <summary>A factor from 1/most to most: making larger is as likely as making smaller.</summary>
    public double Factor(double most) => PortableMath.Exp(Signed() * PortableMath.Log(most));

    /// <summary>A number of the gamma distribution of some shape and scale 1 (Marsaglia, Tsang 2000).</summary>
    public double Gamma(double shape)
    {
        // A shape below 1 is one of shape + 1 times a power of a uniform number.
        double power = shape < 1 ? PortableMath.Exp(PortableMath.Log(1 - Uniform()) / shape) : 1;
        double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = _random.Normal(_next++), v = 1 + c * x;
            v = v * v * v;
            if (v > 0 && PortableMath.Log(1 - Uniform()) < 0.5 * x * x + d - d * v + d * PortableMath.Log(v))
                return power * d * v;
        }
    }

    /// <summary>A number of the beta distribution with two equal shapes: 1 when both gammas are too small to tell.
    /// </summary>
    public double Beta(double shape)
    {
        double a = Gamma(shape), b = Gamma(shape);
        return a + b > 0 ? a / (a + b) : 1;
    }

    /// <summary>Random words of one's own, after all numbers drawn so far.</summary>
    public readonly Philox Rest => new(key, Stream, step: 1);
}

/// <summary>Checks probabilities.</summary>
static class Probability
{
    public static void Check(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(name, value, "A probability is above 0 to 1.");
    }
}
