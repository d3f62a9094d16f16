using Hondo.Tensors;

namespace Hondo.Initializers;

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
