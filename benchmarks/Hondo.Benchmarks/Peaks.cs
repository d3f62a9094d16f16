using Hondo.Kernels;

namespace Hondo.Benchmarks;

/// <summary>
/// The machine's peaks in this process, by number of threads. Of the arithmetic's the best that was seen; of the
/// memory's the median, since neighbours share it: now and then it doubles for a second.
/// </summary>
public static class Peaks
{
    static readonly Dictionary<int, double> Arithmetic = [];
    static readonly Dictionary<int, List<double>> Memory = [];

    /// <summary>1 and as many threads as there are processors.</summary>
    public static IEnumerable<int> Threads => new SortedSet<int> { 1, Environment.ProcessorCount };

    /// <summary>Sets <see cref="Workers.Count"/> and measures. Every benchmark's setup calls this.</summary>
    public static void Measure(int threads)
    {
        Workers.Count = threads;
        Arithmetic[threads] = Math.Max(GigaflopsPerSecond(threads), MachinePeak.GigaflopsPerSecond<float>());
        if (!Memory.TryGetValue(threads, out List<double>? rates))
            Memory[threads] = rates = [];
        rates.Add(MachinePeak.GigabytesPerSecond());
        rates.Sort();
    }

    /// <summary>10⁹ operations per second, 0 when not measured.</summary>
    public static double GigaflopsPerSecond(int threads) => Arithmetic.GetValueOrDefault(threads);

    /// <summary>10⁹ bytes per second, 0 when not measured.</summary>
    public static double GigabytesPerSecond(int threads) =>
        Memory.TryGetValue(threads, out List<double>? rates) ? rates[rates.Count / 2] : 0;
}
