namespace Hondo.Initializers;

/// <summary>
/// By how much an activation shrinks what goes through it: the factor by which weights make up for it.
/// </summary>
public static class Gain
{
    /// <summary>1: no activation, or a sigmoid.</summary>
    public const double Linear = 1;

    /// <summary>5/3 for tanh.</summary>
    public const double Tanh = 5.0 / 3;

    /// <summary>√2 for ReLU, which lets half of the variance through.</summary>
    public const double Relu = 1.4142135623730951;

    /// <summary>¾ for SELU.</summary>
    public const double Selu = 0.75;

    /// <summary>√(2 / (1 + slope²)) for leaky ReLU.</summary>
    public static double LeakyRelu(double slope = 0.01) => Math.Sqrt(2 / (1 + (slope * slope)));
}
