using System.Diagnostics;
using System.Runtime.InteropServices;
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

    /// <summary>
    /// What Hondo.TorchSharp was published as, in the folder of the newer PyTorch: TorchSharp's library
    /// needs that Debian's C++ library. Mounts are private to the run.
    /// </summary>
    public static Contender TorchSharp(string workload, string folder, string program, RaceOptions options)
    {
        const string Mounted = """
            mkdir -p "$0/dotnet" "$0/torchsharp"
            for m in /proc /dev; do mount --bind $m "$0$m"; done
            mount --bind "$1" "$0/dotnet"; mount --bind "$2" "$0/torchsharp"
            mount --bind "$HONDO_DATA" "$0/data"; shift 2
            exec env -i PATH=/usr/bin:/bin:/usr/sbin:/sbin HOME=/root HONDO_DATA=/data \
              DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 LD_PRELOAD=/usr/lib/x86_64-linux-gnu/libtcmalloc_minimal.so.4 \
              chroot "$0" /dotnet/dotnet /torchsharp/Hondo.TorchSharp.dll "$@"
            """;
        // The runtime lies in shared/Microsoft.NETCore.App/VERSION below the folder of .NET.
        string dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return new("TorchSharp", "unshare", ["--mount", "bash", "-c", Mounted, folder, dotnet, program, workload,
            "--threads", $"{options.Threads}", "--windows", "3"]);
    }

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
