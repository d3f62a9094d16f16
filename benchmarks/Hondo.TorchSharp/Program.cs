// A workload of the race in TorchSharp, which wraps PyTorch's own library for .NET: the same network, data, batch and
// optimizer, and a line of JSON with the field names of the PyTorch scripts.
//   dotnet run -c Release --project benchmarks/Hondo.TorchSharp -- WORKLOAD [--threads N] [--windows N]
// Its library needs a newer C++ library than Debian 12's: `race --peer FOLDER --torchsharp PUBLISHED` runs it there.
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Hondo.TorchSharp;
using TorchSharp;
using static TorchSharp.torch;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int Option(string name, int usual) =>
    Array.IndexOf(args, name) is var at and >= 0 ? int.Parse(args[at + 1]) : usual;
int threads = Option("--threads", 2), windows = Option("--windows", 3);
set_num_threads(threads);
manual_seed(1);
Workload workload = Workloads.Open(args[0]);
double[] rates = new double[windows], milliseconds = new double[windows];
double loss = 0;
for (int window = -1; window < windows; window++)
{
    var clock = Stopwatch.StartNew();
    loss = 0;
    for (int i = 0; i < workload.Steps; i++)
        loss += workload.Step();
    if (window < 0)
        continue;
    rates[window] = workload.Samples * workload.Steps / clock.Elapsed.TotalSeconds;
    milliseconds[window] = clock.Elapsed.TotalMilliseconds / workload.Steps;
}
using var process = Process.GetCurrentProcess();
Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
{
    ["workload"] = args[0],
    ["torchsharp"] = typeof(torch).Assembly.GetName().Version!.ToString(3),
    ["threads"] = threads,
    [workload.IsText ? "chars_per_s" : "samples_per_s"] = Math.Round(Middle(rates), 1),
    ["ms_per_step"] = Math.Round(Middle(milliseconds), 4),
    ["steps_per_window"] = workload.Steps,
    ["windows"] = windows,
    ["final_loss"] = Math.Round(loss / workload.Steps, 5),
    ["peak_rss_mb"] = Math.Round(process.PeakWorkingSet64 / (1024.0 * 1024), 1),
}));

static double Middle(double[] values)
{
    Array.Sort(values);
    return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
}
