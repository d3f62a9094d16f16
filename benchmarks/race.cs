#:property PublishAot=false
// The race against PyTorch: same network, batch, data, optimizer and thread count, run in turn (A B C, A B C, …), so
// that a machine whose speed drifts drifts for all. Each side reports its own median over windows of fixed steps.
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string here = Path.GetDirectoryName(Source())!;
string home = Path.GetFullPath(Path.Combine(here, ".."));
var options = Options.Parse(args, home);
var opponents = Opponents(options).ToList();
Console.WriteLine($"{Cpu()}, {options.Threads} threads, {options.Rounds} rounds");
foreach (string workload in options.Workloads)
{
    var hondo = new List<Run>();
    var peers = opponents.ToDictionary(o => o.Name, _ => new List<Run>());
    for (int round = 0; round < options.Rounds; round++)
    {
        hondo.Add(Execute(Path.Combine(home, "hondo"),
            ["bench", workload, "--threads", $"{options.Threads}", "--windows", "3", "--json"], options));
        foreach (Opponent peer in opponents)
            peers[peer.Name].Add(Execute("bash", peer.Arguments(workload, options), options));
    }
    Report(workload, hondo, peers, options);
}

static void Report(string workload, List<Run> hondo, Dictionary<string, List<Run>> peers, Options options)
{
    string best = peers.MaxBy(p => Median(p.Value.Select(r => r.Speed))).Key;
    double[] ratios = [.. hondo.Zip(peers[best], (h, p) => h.Speed / p.Speed).Order()];
    double ours = Median(hondo.Select(r => r.Speed)), theirs = Median(peers[best].Select(r => r.Speed));
    string line = JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["workload"] = workload,
        ["threads"] = options.Threads,
        ["cpu"] = Cpu(),
        ["hondo_per_s"] = Math.Round(ours, 1),
        ["pytorch_per_s"] = Math.Round(theirs, 1),
        ["pytorch"] = best,
        ["ratio"] = Math.Round(ratios[ratios.Length / 2], 3),
        ["ratio_min"] = Math.Round(ratios[0], 3),
        ["ratio_max"] = Math.Round(ratios[^1], 3),
        ["hondo_final_loss"] = hondo[^1].Loss,
        ["pytorch_final_loss"] = peers[best][^1].Loss,
        ["hondo_peak_mb"] = hondo.Max(r => r.Megabytes),
        ["pytorch_peak_mb"] = peers[best].Max(r => r.Megabytes),
        ["others"] = peers.Where(p => p.Key != best)
            .ToDictionary(p => p.Key, p => Median(p.Value.Select(r => r.Speed))),
    });
    Console.WriteLine($"{workload,-20} {ours,12:F0} ÷ {theirs,10:F0}"
        + $" = {ratios[ratios.Length / 2]:F2}  ({ratios[0]:F2}–{ratios[^1]:F2})  against {best};"
        + $" memory {hondo.Max(r => r.Megabytes):F0} ÷ {peers[best].Max(r => r.Megabytes):F0} MB");
    if (options.Save is { } file)
        File.AppendAllText(file, line + "\n");
}

static Run Execute(string program, IEnumerable<string> arguments, Options options)
{
    var start = new ProcessStartInfo(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
    start.Environment["HONDO_DATA"] = options.Data;
    using Process process = Process.Start(start)!;
    Task<string> errors = process.StandardError.ReadToEndAsync();
    string? last = null;
    while (process.StandardOutput.ReadLine() is { } line)
        if (line.StartsWith('{'))
            last = line;
    process.WaitForExit();
    if (process.ExitCode != 0 || last is null)
        throw new InvalidOperationException(
            $"{program} {string.Join(' ', arguments)} failed ({process.ExitCode}):\n{errors.Result}");
    JsonElement json = JsonDocument.Parse(last).RootElement;
    double speed = json.TryGetProperty("samples_per_s", out JsonElement samples) ? samples.GetDouble()
        : json.TryGetProperty("chars_per_s", out JsonElement characters) ? characters.GetDouble()
        : 1000 / json.GetProperty("ms_per_call").GetDouble();
    return new(speed, json.TryGetProperty("final_loss", out JsonElement loss) ? loss.GetDouble() : 0,
        json.GetProperty("peak_rss_mb").GetDouble());
}

static IEnumerable<Opponent> Opponents(Options options)
{
    if (options.Peer is { } folder)
        yield return new("PyTorch 2.14, optimizer fused or foreach", folder, Fused: true);
    yield return new("PyTorch 1.13, the machine's own", "/", Fused: false);
}

static double Median(IEnumerable<double> values)
{
    double[] sorted = [.. values.Order()];
    int middle = sorted.Length / 2;
    return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

static string Cpu() => File.Exists("/proc/cpuinfo")
    ? File.ReadLines("/proc/cpuinfo").First(l => l.StartsWith("model name")).Split(':')[1].Trim()
    : "unknown processor";

static string Source([CallerFilePath] string path = "") => path;

sealed record Run(double Speed, double Loss, double Megabytes);

sealed record Opponent(string Name, string Folder, bool Fused)
{
    // PyTorch has no fused RMSProp, by which the characters are learnt.
    static string Best(string workload) => workload.StartsWith("char", StringComparison.Ordinal) ? "foreach" : "fused";

    public IEnumerable<string> Arguments(string workload, Options options) =>
    [
        Path.Combine(options.Scripts, "run.sh"), Folder, .. Script(workload), "--threads", $"{options.Threads}",
        "--windows", "3", .. Fused ? ["--opt", Best(workload)] : Array.Empty<string>(),
        .. workload.Contains("cnn") || workload.Contains("lenet") || workload.Contains("resnet")
            ? ["--channels-last"] : Array.Empty<string>(),
    ];

    static string[] Script(string workload) => workload switch
    {
        "char_lstm_128" => ["char_rnn.py", "--cell", "lstm", "--hidden", "128"],
        "char_lstm_512" => ["char_rnn.py", "--cell", "lstm", "--hidden", "512"],
        "char_gru_128" => ["char_rnn.py", "--cell", "gru", "--hidden", "128"],
        _ => [workload + ".py"],
    };
}

sealed record Options(
    List<string> Workloads, int Threads, int Rounds, string? Peer, string Scripts, string Data, string? Save)
{
    static readonly string[] All = ["softmax_mnist", "mlp_mnist", "lenet5_mnist", "keras_cnn_mnist", "bn_cnn_mnist",
        "resnet20_synthetic", "xor_tiny", "iris_tiny", "char_lstm_128", "char_lstm_512", "char_gru_128"];

    public static Options Parse(string[] args, string home)
    {
        var workloads = new List<string>();
        var named = new Dictionary<string, string>();
        for (int i = 0; i < args.Length; i++)
            if (args[i].StartsWith("--"))
                named[args[i]] = args[++i];
            else
                workloads.Add(args[i]);
        string shared = Path.GetFullPath(Path.Combine(home, "..", "shared"));
        return new(workloads.Count > 0 ? workloads : [.. All],
            int.Parse(named.GetValueOrDefault("--threads", "2")), int.Parse(named.GetValueOrDefault("--rounds", "3")),
            named.GetValueOrDefault("--peer"),
            named.GetValueOrDefault("--scripts", Path.Combine(shared, "bench", "pytorch")),
            Environment.GetEnvironmentVariable("HONDO_DATA") ?? Path.Combine(shared, "data"),
            named.GetValueOrDefault("--save"));
    }
}
