using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Hondo.Dashboard.Runs;

/// <summary>How busy the machine is; where it does not tell (only Linux does), how busy this process is.</summary>
sealed class SystemLoad
{
    long _busy, _total;

    /// <summary>Writes the shares of processors and memory in use, from 0 to 1.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        (long busy, long total) = OperatingSystem.IsLinux() ? OfMachine() : OfProcess();
        double share = total > _total ? (double)(busy - _busy) / (total - _total) : 0;
        json.WriteNumber("processors", Math.Round(Math.Clamp(share, 0, 1), 3));
        json.WriteNumber("memory", Math.Round(Memory(), 3));
        json.WriteNumber("cores", Environment.ProcessorCount);
        (_busy, _total) = (busy, total);
    }

    // user nice system idle iowait irq softirq steal, in ticks since the machine started
    static (long Busy, long Total) OfMachine()
    {
        long[] ticks = [.. File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1).Take(8).Select(word => long.Parse(word, CultureInfo.InvariantCulture))];
        return (ticks.Sum() - ticks[3] - ticks[4], ticks.Sum());
    }

    static (long Busy, long Total) OfProcess() => (Environment.CpuUsage.TotalTime.Ticks,
        Stopwatch.GetElapsedTime(0).Ticks * Environment.ProcessorCount);

    static double Memory()
    {
        if (!OperatingSystem.IsLinux())
            return (double)Environment.WorkingSet / GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        double total = 1, available = 0;
        foreach (string line in File.ReadLines("/proc/meminfo").Take(3))
            if (line.StartsWith("MemTotal", StringComparison.Ordinal))
                total = Kilobytes(line);
            else if (line.StartsWith("MemAvailable", StringComparison.Ordinal))
                available = Kilobytes(line);
        return 1 - available / total;
    }

    static double Kilobytes(string line) =>
        double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
