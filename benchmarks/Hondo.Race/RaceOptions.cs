using System.Runtime.CompilerServices;

namespace Hondo.Race;

/// <summary>What is asked for.</summary>
/// <param name="Workloads">What to run.</param>
/// <param name="Threads">Threads of each side.</param>
/// <param name="Batches">Sizes of batches of ONNX files.</param>
/// <param name="Rounds">How often each side runs.</param>
/// <param name="Peer">The folder of a newer PyTorch, or null.</param>
/// <param name="Own">Whether the machine's own PyTorch runs beside a newer one.</param>
/// <param name="TorchSharp">The folder that Hondo.TorchSharp was published to, or null.</param>
/// <param name="Onnx">A folder with infer.js, its onnxruntime-node and onnx/MODEL.onnx, or null.</param>
/// <param name="Scripts">The scripts that run PyTorch.</param>
/// <param name="Data">Where the data lie.</param>
/// <param name="Save">The file that gets a line of JSON for each workload, or null.</param>
/// <param name="Home">The repository.</param>
sealed record RaceOptions(IReadOnlyList<string> Workloads, int Threads, IReadOnlyList<int> Batches, int Rounds,
    string? Peer, bool Own, string? TorchSharp, string? Onnx, string Scripts, string Data, string? Save, string Home)
{
    /// <summary>Reads the command line.</summary>
    public static RaceOptions Parse(string[] args, IReadOnlyList<string> all)
    {
        var workloads = new List<string>();
        var named = new Dictionary<string, string>();
        for (int i = 0; i < args.Length; i++)
            if (args[i].StartsWith("--", StringComparison.Ordinal))
                named[args[i]] = args[++i];
            else
                workloads.Add(args[i]);
        string home = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Source())!, "..", ".."));
        string shared = Path.GetFullPath(Path.Combine(home, "..", "shared"));
        return new(workloads.Count > 0 ? workloads : all,
            int.Parse(named.GetValueOrDefault("--threads", "2")),
            [.. named.GetValueOrDefault("--batch", "1").Split(',').Select(int.Parse)],
            int.Parse(named.GetValueOrDefault("--rounds", "3")),
            named.GetValueOrDefault("--peer"), named.GetValueOrDefault("--own") != "no",
            named.GetValueOrDefault("--torchsharp"),
            named.GetValueOrDefault("--onnx"),
            named.GetValueOrDefault("--scripts", Path.Combine(shared, "bench", "pytorch")),
            Environment.GetEnvironmentVariable("HONDO_DATA") ?? Path.Combine(shared, "data"),
            named.GetValueOrDefault("--save"), home);
    }

    static string Source([CallerFilePath] string path = "") => path;
}
