using Hondo.Initializers;
using Hondo.Tensors;

namespace Hondo.Storage;

/// <summary>The initializers that a model's text can name.</summary>
public static class InitializerCatalog
{
    const string ReluGain = "1.4142135623730951";

    /// <summary>All of them; a new initializer is one line here.</summary>
    public static Catalog<IInitializer> All { get; } = new("initializer",
    [
        new("Constant(value)", a => new Constant(a.Number("value"))),
        new($"HeNormal(gain: {ReluGain}, fan: In)", a => new HeNormal(a.Number("gain"), a.OneOf<Fan>("fan"))),
        new($"HeUniform(gain: {ReluGain}, fan: In)", a => new HeUniform(a.Number("gain"), a.OneOf<Fan>("fan"))),
        new("Normal(mean: 0, deviation: 0.01)", a => new Normal(a.Number("mean"), a.Number("deviation"))),
        new("Orthogonal(gain: 1)", a => new Orthogonal(a.Number("gain"))),
        new("Uniform(low: -0.05, high: 0.05)", a => new Uniform(a.Number("low"), a.Number("high"))),
        new("XavierNormal(gain: 1)", a => new XavierNormal(a.Number("gain"))),
        new("XavierUniform(gain: 1)", a => new XavierUniform(a.Number("gain"))),
        new("Zeros()", _ => new Zeros()),
    ]);

    /// <summary>A layer's argument <c>initializer</c>, or null for the layer's own choice.</summary>
    internal static IInitializer? Of(Arguments arguments) =>
        arguments.Has("initializer") ? arguments.Build("initializer", All) : null;
}
