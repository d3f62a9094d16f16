using Hondo.Insights;
using Hondo.Kernels;

namespace Hondo.Benchmarks;

/// <summary>
/// The machine's peaks in this process, by number of threads: the medians of what was seen before and after each
/// benchmark. Clocks rise by a tenth while one core works alone and fall under load, and neighbours share the memory.
/// </summary>
public static class Peaks
{
    static readonly Dictionary<int, List<double>> Arithmetic = [], Memory = [];

    /// <summary>1 and as many threads as there are processors.</summary>
    public static IEnumerable<int> Threads => new SortedSet<int> { 1, Environment.ProcessorCount };

    /// <summary>
    /// Sets <see cref="Workers.Count"/> and measures. Every benchmark's setup calls this, and the end of those whose
    /// share of the peak counts.
    /// </summary>
    public static void Measure(int threads)
    {
        Workers.Count = threads;
        Add(Arithmetic, threads, MachinePeak.GigaflopsPerSecond<float>());
        Add(Memory, threads, MachinePeak.GigabytesPerSecond());
    }

    /// <summary>10⁹ operations per second, 0 when not measured.</summary>
    public static double GigaflopsPerSecond(int threads) => Median(Arithmetic, threads);

    /// <summary>10⁹ bytes per second, 0 when not measured.</summary>
    public static double GigabytesPerSecond(int threads) => Median(Memory, threads);

    static void Add(Dictionary<int, List<double>> rates, int threads, double rate)
    {
        if (!rates.TryGetValue(threads, out List<double>? list))
            rates[threads] = list = [];
        list.Add(rate);
        list.Sort();
    }

    static double Median(Dictionary<int, List<double>> rates, int threads) =>
        rates.TryGetValue(threads, out List<double>? list) ? list[list.Count / 2] : 0;
}
