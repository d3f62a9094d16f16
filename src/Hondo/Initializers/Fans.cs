using Hondo.Tensors;

namespace Hondo.Initializers;

/// <summary>Which side of a layer an initializer keeps in balance.</summary>
public enum Fan
{
    /// <summary>The inputs of each unit: activations keep their variance going forward.</summary>
    In,

    /// <summary>The outputs that each unit feeds: gradients keep their variance going backward.</summary>
    Out,
}

/// <summary>
/// Fan-in and fan-out of a parameter. A matrix is [outputs, inputs]; with more axes the last two are the inputs' and
/// outputs' channels and those before them the kernel's: [height, width, inputs, outputs]. A vector feeds one output.
/// </summary>
static class FanOf
{
    public static (int In, int Out) Axes(Shape shape) => shape switch
    {
        [] => (1, 1),
        [var inputs] => (inputs, 1),
        [var outputs, var inputs] => (inputs, outputs),
        [.., var inputs, var outputs] => (Kernel(shape) * inputs, Kernel(shape) * outputs),
    };

    static int Kernel(Shape shape) => shape.SizeBefore(shape.Rank - 2);

    public static int Axes(Shape shape, Fan fan) => Math.Max(1, fan == Fan.In ? Axes(shape).In : Axes(shape).Out);
}

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

/// <summary>The usual initializers at hand: <c>new Parameter([outputs, inputs], Initial.HeUniform)</c>.</summary>
public static class Initial
{
    /// <summary>0 everywhere: biases.</summary>
    public static IInitializer Zeros { get; } = new Zeros();

    /// <summary>1 everywhere: the scales of norms.</summary>
    public static IInitializer Ones { get; } = new Constant(1);

    /// <summary>For layers before ReLU.</summary>
    public static IInitializer HeUniform { get; } = new HeUniform();

    /// <summary>For layers before ReLU.</summary>
    public static IInitializer HeNormal { get; } = new HeNormal();

    /// <summary>For layers before sigmoid or tanh.</summary>
    public static IInitializer XavierUniform { get; } = new XavierUniform();

    /// <summary>For layers before sigmoid or tanh.</summary>
    public static IInitializer XavierNormal { get; } = new XavierNormal();

    /// <summary>A rotation: lengths stay as they are through any depth.</summary>
    public static IInitializer Orthogonal { get; } = new Orthogonal();
}
