using Hondo.Metrics;
using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>Several metrics as one.</summary>
static class MetricList
{
    public static void Reset(this IReadOnlyList<IMetric> metrics)
    {
        for (int i = 0; i < metrics.Count; i++)
            metrics[i].Reset();
    }

    // By index: going through the interface with foreach would allocate in every step.
    public static void Add(this IReadOnlyList<IMetric> metrics, Tensor output, Tensor target)
    {
        for (int i = 0; i < metrics.Count; i++)
            metrics[i].Add(output, target);
    }

    public static IReadOnlyList<double>[] Sums(this IReadOnlyList<IMetric> metrics) =>
        [.. metrics.Select(metric => metric.Sums)];

    public static void Restore(this IReadOnlyList<IMetric> metrics, IReadOnlyList<double>[] sums)
    {
        for (int i = 0; i < metrics.Count; i++)
            metrics[i].Sums = sums[i];
    }

    public static IEnumerable<(string Name, double Value)> Values(this IReadOnlyList<IMetric> metrics) =>
        metrics.Select(metric => (metric.Name, metric.Value));
}
