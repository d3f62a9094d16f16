using Hondo.Metrics;

namespace Hondo.Storage;

/// <summary>The metrics that a text can name.</summary>
public static class MetricCatalog
{
    /// <summary>All of them; a new metric is one line here.</summary>
    public static Catalog<IMetric> All { get; } = new("metric",
    [
        new("Accuracy(threshold: 0)", a => new Accuracy(a.Number("threshold"))),
        new("Bits()", _ => new Bits()),
        new("BitsRight()", _ => new BitsRight()),
        new("F1(average: Macro, threshold: 0)", a => new F1(a.OneOf<Average>("average"), a.Number("threshold"))),
        new("LogLoss()", _ => new LogLoss()),
        new("Mae()", _ => new Mae()),
        new("Mse()", _ => new Mse()),
        new("Perplexity()", _ => new Perplexity()),
        new("Precision(average: Macro, threshold: 0)",
            a => new Precision(a.OneOf<Average>("average"), a.Number("threshold"))),
        new("RSquared()", _ => new RSquared()),
        new("Recall(average: Macro, threshold: 0)",
            a => new Recall(a.OneOf<Average>("average"), a.Number("threshold"))),
        new("Rmse()", _ => new Rmse()),
        new("TopKAccuracy(k)", a => new TopKAccuracy(a.Int("k"))),
    ]);
}
