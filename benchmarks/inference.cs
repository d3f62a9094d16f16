#:property PublishAot=false
// The race of models that are only used: milliseconds a call of Hondo, PyTorch and ONNX Runtime, run in turn. Weights
// are random, networks and batches the same. Each side reports its own median over windows of half a second.
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string home = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Source())!, ".."));
var options = Options.Parse(args, home);
Console.WriteLine($"{"milliseconds a call",-22}{"Hondo",10}{"PyTorch",10}{"ratio",7}{"ONNX RT",10}{"ratio",7}"
    + $"   {options.Threads} threads, {options.Rounds} rounds");
foreach (string workload in options.Workloads)
{
    var times = new Dictionary<string, List<double>>();
    for (int round = 0; round < options.Rounds; round++)
        foreach ((string name, string program, string[] arguments) in Runs(workload, options))
            if (Measure(program, arguments, options) is { } milliseconds)
                (times.TryGetValue(name, out var known) ? known : times[name] = []).Add(milliseconds);
    Report(workload, times.ToDictionary(t => t.Key, t => Median(t.Value)), options);
}

static IEnumerable<(string Name, string Program, string[] Arguments)> Runs(string workload, Options options)
{
    string[] parts = workload["infer_".Length..].Split("_b");
    string threads = $"{options.Threads}";
    yield return ("hondo", Path.Combine(options.Home, "hondo"),
        ["bench", workload, "--threads", threads, "--windows", "3", "--json"]);
    string[] script = [Path.Combine(options.Scripts, "pytorch", "run.sh")];
    string[] call = ["infer.py", "--model", parts[0], "--batch", parts[1], "--threads", threads, "--windows", "3"];
    if (options.Peer is { } peer)
        yield return ("PyTorch 2.14", "bash", [.. script, peer, .. call, "--channels-last", "--mode", "jit"]);
    if (options.HasOwnPyTorch)
        yield return ("PyTorch 1.13", "bash", [.. script, "/", .. call, "--channels-last", "--mode", "jit"]);
    if (options.Onnx is { } onnx && File.Exists(Path.Combine(onnx, "onnx", $"{parts[0]}.onnx")))
        yield return ("onnx", "node",
            [Path.Combine(onnx, "infer.js"), Path.Combine(onnx, "onnx"), parts[0], parts[1], threads]);
}

static double? Measure(string program, string[] arguments, Options options)
{
    var start = new ProcessStartInfo(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
    start.Environment["HONDO_DATA"] = options.Data;
    using Process process = Process.Start(start)!;
    Task<string> errors = process.StandardError.ReadToEndAsync();
    string? line = process.StandardOutput.ReadToEnd().Split('\n').LastOrDefault(l => l.StartsWith('{'));
    process.WaitForExit();
    if (process.ExitCode == 0 && line is not null)
        return JsonDocument.Parse(line).RootElement.GetProperty("ms_per_step").GetDouble();
    Console.Error.WriteLine($"{program} {string.Join(' ', arguments)} failed ({process.ExitCode}):\n{errors.Result}");
    return null;
}

static void Report(string workload, Dictionary<string, double> times, Options options)
{
    double? ours = times.TryGetValue("hondo", out double milliseconds) ? milliseconds : null;
    double? onnx = times.TryGetValue("onnx", out double onnxTime) ? onnxTime : null;
    double[] others = [.. times.Where(t => t.Key.StartsWith("PyTorch")).Select(t => t.Value)];
    double? pytorch = others.Length > 0 ? others.Min() : null;
    Console.WriteLine($"{workload,-22}{ours,10:F4}{pytorch,10:F4}{pytorch / ours,7:F2}{onnx,10:F4}{onnx / ours,7:F2}");
    if (options.Save is { } file)
        File.AppendAllText(file, JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["workload"] = workload,
            ["threads"] = options.Threads,
            ["cpu"] = Cpu(),
            ["hondo_ms"] = ours,
            ["pytorch_ms"] = pytorch,
            ["onnxruntime_ms"] = onnx,
            ["to_pytorch"] = Rounded(pytorch / ours),
            ["to_onnxruntime"] = Rounded(onnx / ours),
        }) + "\n");
}

static double? Rounded(double? ratio) => ratio is { } number ? Math.Round(number, 3) : null;

static double Median(List<double> values)
{
    double[] sorted = [.. values.Order()];
    int middle = sorted.Length / 2;
    return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

static string Cpu() => File.Exists("/proc/cpuinfo")
    ? File.ReadLines("/proc/cpuinfo").First(l => l.StartsWith("model name")).Split(':')[1].Trim()
    : "unknown processor";

static string Source([CallerFilePath] string path = "") => path;

sealed record Options(List<string> Workloads, int Threads, int Rounds, string? Peer, string? Onnx, string Scripts,
    string Data, string? Save, string Home)
{
    static readonly string[] All = ["infer_lenet5_b1", "infer_lenet5_b128", "infer_keras_cnn_b1",
        "infer_keras_cnn_b128", "infer_resnet20_b1", "infer_resnet20_b128", "infer_squeezenet_b1"];

    public bool HasOwnPyTorch => Directory.Exists("/usr/lib/python3/dist-packages/torch");

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
        string scripts = named.GetValueOrDefault("--scripts", Path.Combine(shared, "bench", "pytorch"));
        return new(workloads.Count > 0 ? workloads : [.. All],
            int.Parse(named.GetValueOrDefault("--threads", "2")), int.Parse(named.GetValueOrDefault("--rounds", "3")),
            named.GetValueOrDefault("--peer"), named.GetValueOrDefault("--onnx"), Path.GetDirectoryName(scripts)!,
            Environment.GetEnvironmentVariable("HONDO_DATA") ?? Path.Combine(shared, "data"),
            named.GetValueOrDefault("--save"), home);
    }
}
