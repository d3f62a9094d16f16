using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Perfolizer.Horology;

namespace Hondo.Benchmarks;

/// <summary>
/// Short runs inside this process, so that each rate stands beside a peak of the same process and minute.
/// </summary>
public sealed class PeakConfig : ManualConfig
{
    /// <summary>The configuration.</summary>
    public PeakConfig()
    {
        AddJob(Job.Default.WithToolchain(InProcessNoEmitToolchain.Instance)
            .WithIterationTime(TimeInterval.FromMilliseconds(50)).WithWarmupCount(3).WithIterationCount(15));
        AddLogger(ConsoleLogger.Default);
        AddExporter(MarkdownExporter.GitHub);
        AddColumnProvider(DefaultColumnProviders.Params, DefaultColumnProviders.Descriptor);
        AddColumn(StatisticColumn.Median, StatisticColumn.StdDev, BaselineRatioColumn.RatioMean,
            new RateColumn("GFLOP/s", "10^9 floating-point operations per second", work => work.Flops, null),
            new RateColumn("of FMA peak", "share of the peak of fused multiply-adds on registers",
                work => work.Flops, Peaks.GigaflopsPerSecond),
            new RateColumn("GB/s", "10^9 bytes read and written per second", work => work.Bytes, null),
            new RateColumn("of bandwidth", "share of the bandwidth of x = a·x + y on large arrays",
                work => work.Bytes, Peaks.GigabytesPerSecond),
            new PossibleColumn());
        WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(60));
    }
}
