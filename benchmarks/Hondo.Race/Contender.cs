using System.Diagnostics;
using System.Text.Json;

namespace Hondo.Race;

/// <summary>A program that runs one workload and ends with a line of JSON.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Program">The program.</param>
/// <param name="Arguments">Its arguments.</param>
sealed record Contender(string Name, string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Hondo.</summary>
    public static Contender Hondo(string workload, RaceOptions options) => new("Hondo",
        Path.Combine(options.Home, "hondo"),
        ["bench", workload, "--threads", $"{options.Threads}", "--windows", "3", "--json"]);

    /// <summary>Runs a script of the folder, "/" for the machine's own PyTorch.</summary>
    public static Contender PyTorch(string name, string folder, IEnumerable<string> script, RaceOptions options) =>
        new(name, "bash", [Path.Combine(options.Scripts, "run.sh"), folder, .. script, "--threads",
            $"{options.Threads}", "--windows", "3"]);

    /// <summary>Runs it.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has what it said.</exception>
    public JsonElement Run(RaceOptions options)
    {
        var start = new ProcessStartInfo(Program, Arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HONDO_DATA"] = options.Data;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string? last = process.StandardOutput.ReadToEnd().Split('\n').LastOrDefault(l => l.StartsWith('{'));
        process.WaitForExit();
        if (process.ExitCode != 0 || last is null)
            throw new InvalidOperationException(
                $"{Program} {string.Join(' ', Arguments)} failed ({process.ExitCode}):\n{errors.Result}");
        return JsonDocument.Parse(last).RootElement;
    }
}
