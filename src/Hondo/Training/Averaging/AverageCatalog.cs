using Hondo.Serialization;

namespace Hondo.Training;

/// <summary>The averages of weights that a text can name.</summary>
public static class AverageCatalog
{
    /// <summary>All of them; a new one is one line here.</summary>
    public static Catalog<IWeightAverage> All { get; } = new("average of weights",
    [
        new("Ema(decay: 0.999)", a => new Ema(a.Number("decay"))),
        new("Swa(start, every: 1)", a => new Swa(a.Number("start"), a.Number("every"))),
    ]);
}
