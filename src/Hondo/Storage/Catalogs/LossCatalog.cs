using Hondo.Losses;
using Hondo.Ops;

namespace Hondo.Storage;

/// <summary>The losses that a text can name.</summary>
public static class LossCatalog
{
    /// <summary>All of them; a new loss is one line here.</summary>
    public static Catalog<Loss> All { get; } = new("loss",
    [
        new("BinaryCrossEntropy(positiveWeight: 1, reduce: Mean)",
            a => new BinaryCrossEntropy(a.Number("positiveWeight"), a.OneOf<Reduce>("reduce"))),
        new("BitCrossEntropy()", _ => new BitCrossEntropy()),
        new("CrossEntropy(weights: null, smoothing: 0, ignored: null, reduce: Mean)",
            a => new Losses.CrossEntropy(a.Has("weights") ? a.Numbers("weights") : null, a.Number("smoothing"),
                a.Has("ignored") ? a.Int("ignored") : null, a.OneOf<Reduce>("reduce"))),
        new("HalfMeanSquaredError()", _ => new HalfMeanSquaredError()),
        new("Hinge(margin: 1)", a => new Hinge(a.Number("margin"))),
        new("Huber(delta: 1)", a => new Huber(a.Number("delta"))),
        new("MeanAbsoluteError()", _ => new MeanAbsoluteError()),
        new("MeanSquaredError()", _ => new MeanSquaredError()),
        new("MulticlassHinge(margin: 1)", a => new Losses.MulticlassHinge(a.Number("margin"))),
        new("ProbabilityCrossEntropy(reduce: Mean)",
            a => new Losses.ProbabilityCrossEntropy(a.OneOf<Reduce>("reduce"))),
        new("TokenCrossEntropy(charactersPerToken: 1)", a => new TokenCrossEntropy(a.Number("charactersPerToken"))),
    ]);
}
