using System.Text.Json;

namespace Hondo.Race;

/// <summary>What both races make of their numbers.</summary>
static class Figures
{
    /// <summary>The middle one, or the mean of both in the middle.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The processor's name.</summary>
    public static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").First(l => l.StartsWith("model name", StringComparison.Ordinal))
            .Split(':')[1].Trim()
        : "unknown processor";

    /// <summary>Adds a line to the file of --save.</summary>
    public static void Save(RaceOptions options, string workload, Dictionary<string, object?> figures)
    {
        if (options.Save is not { } file)
            return;
        var line = new Dictionary<string, object?>
        {
            ["workload"] = workload,
            ["threads"] = options.Threads,
            ["cpu"] = Processor(),
        };
        foreach (var (name, value) in figures)
            line[name] = value;
        File.AppendAllText(file, JsonSerializer.Serialize(line) + "\n");
    }
}
