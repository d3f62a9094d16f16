using System.Reflection;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Hondo.Benchmarks;

/// <summary>
/// The share of what is possible where both arithmetic and memory may be the limit: the longer of the times that the
/// multiply-adds and the bytes take at the machine's peaks, by the median time.
/// </summary>
public sealed class PossibleColumn : IColumn
{
    /// <inheritdoc/>
    public string Id => ColumnName;

    /// <inheritdoc/>
    public string ColumnName => "of possible";

    /// <inheritdoc/>
    public bool AlwaysShow => false;

    /// <inheritdoc/>
    public ColumnCategory Category => ColumnCategory.Custom;

    /// <inheritdoc/>
    public int PriorityInCategory => 1;

    /// <inheritdoc/>
    public bool IsNumeric => true;

    /// <inheritdoc/>
    public UnitType UnitType => UnitType.Dimensionless;

    /// <inheritdoc/>
    public string Legend => "the longer of the times at both peaks, by the median";

    /// <inheritdoc/>
    public bool IsAvailable(Summary summary) =>
        summary.BenchmarksCases.Any(benchmarkCase => Shape(benchmarkCase) is { MultiplyAdds: > 0 });

    /// <inheritdoc/>
    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        GetValue(summary, benchmarkCase, SummaryStyle.Default);

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
    {
        if (Shape(benchmarkCase) is not { MultiplyAdds: > 0 } shape
            || benchmarkCase.Descriptor.WorkloadMethod.GetCustomAttribute<WorkAttribute>() is not { Bytes: > 0 } work
            || summary[benchmarkCase]?.ResultStatistics is not { } statistics)
            return "";
        int threads = benchmarkCase.Parameters["Threads"] is int count ? count : 1;
        double arithmetic = 2 * shape.MultiplyAdds / Peaks.GigaflopsPerSecond(threads);
        double memory = shape.Elements * work.Bytes / Peaks.GigabytesPerSecond(threads);
        return $"{Math.Max(arithmetic, memory) / statistics.Median:P0}";
    }

    static IElements? Shape(BenchmarkCase benchmarkCase) =>
        benchmarkCase.Parameters.Items.Select(item => item.Value).OfType<IElements>().FirstOrDefault();
}
