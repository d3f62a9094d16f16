using System.Reflection;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Hondo.Benchmarks;

/// <summary>A column computed from a benchmark's median time and its work.</summary>
public sealed class RateColumn(string name, string legend, Func<WorkAttribute, double> work, Func<int, double>? peak)
    : IColumn
{
    /// <inheritdoc/>
    public string Id => name;

    /// <inheritdoc/>
    public string ColumnName => name;

    /// <inheritdoc/>
    public bool AlwaysShow => true;

    /// <inheritdoc/>
    public ColumnCategory Category => ColumnCategory.Custom;

    /// <inheritdoc/>
    public int PriorityInCategory => 0;

    /// <inheritdoc/>
    public bool IsNumeric => true;

    /// <inheritdoc/>
    public UnitType UnitType => UnitType.Dimensionless;

    /// <inheritdoc/>
    public string Legend => legend;

    /// <inheritdoc/>
    public bool IsAvailable(Summary summary) => true;

    /// <inheritdoc/>
    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        GetValue(summary, benchmarkCase, SummaryStyle.Default);

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
    {
        var elements = benchmarkCase.Parameters.Items.Select(item => item.Value).OfType<IElements>().FirstOrDefault();
        var attribute = benchmarkCase.Descriptor.WorkloadMethod.GetCustomAttribute<WorkAttribute>();
        if (elements is null || attribute is null || work(attribute) == 0
            || summary[benchmarkCase]?.ResultStatistics is not { } statistics)
            return "";
        double rate = elements.Elements * work(attribute) / statistics.Median;
        if (peak is null)
            return $"{rate:F1}";
        int threads = benchmarkCase.Parameters["Threads"] is int count ? count : 1;
        return $"{rate / peak(threads):P0}";
    }
}
