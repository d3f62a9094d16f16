using Hondo.Losses;

namespace Hondo.Storage;

/// <summary>The losses that a text can name.</summary>
public static class LossCatalog
{
    /// <summary>All of them; a new loss is one line here.</summary>
    public static Catalog<Loss> All { get; } = new("loss",
    [
        new("CrossEntropy()", _ => new CrossEntropy()),
        new("HalfMeanSquaredError()", _ => new HalfMeanSquaredError()),
        new("Hinge()", _ => new Hinge()),
        new("Huber(delta: 1)", a => new Huber(a.Number("delta"))),
        new("MeanAbsoluteError()", _ => new MeanAbsoluteError()),
        new("MeanSquaredError()", _ => new MeanSquaredError()),
    ]);
}
