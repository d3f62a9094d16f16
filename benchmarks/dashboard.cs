#:property PublishAot=false
#:property TieredPGO=false
#:project ../src/Hondo/Hondo.csproj
#:project ../src/Hondo.Dashboard/Hondo.Dashboard.csproj
// What watching costs a training: the smallest MLP of the benchmarks on MNIST ($HONDO_DATA), in turn with and without.
//   watch   run folder, metrics, event files, diagnosis, steering, and a dashboard that a browser looks at, beside the
//           bare trainer
//   attack  the same dashboard with 1,000 idle connections and 24 views that nobody reads, beside without
//   dotnet run -c Release benchmarks/dashboard.cs [watch|attack] [ROUNDS] [EPOCHS]
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Hondo.Dashboard;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
bool isAttack = args is ["attack", ..];
int rounds = args.Length > 1 ? int.Parse(args[1]) : 9, epochs = args.Length > 2 ? int.Parse(args[2]) : 3;
// Epochs as long as MNIST's: what is done once an epoch counts as much as it does there.
string mnist = Path.Combine(Environment.GetEnvironmentVariable("HONDO_DATA") ?? "", "mnist");
var data = new DataParts((Directory.Exists(mnist) ? Datasets.Mnist(mnist) : Datasets.Digits()).Train);
string root = Directory.CreateTempSubdirectory("hondo-cost-").FullName;
await using DashboardServer server = await DashboardServer.StartAsync(new(root));
using var client = new HttpClient();
await client.GetStringAsync(server.Address);
int runs = 0;
// One network for all: where in memory weights lie changes the speed by more than what is measured here.
var model = new Sequential(new Flatten(), new Linear(784, 512), new Relu(), new Dropout(0.2), new Linear(512, 512),
    new Relu(), new Dropout(0.2), new Linear(512, 10));
var optimizer = new Adam(model.Parameters);

double[] ratios = new double[rounds + 1];
for (int round = 0; round <= rounds; round++)
{
    // The other one first in every second round: a machine that grows warm is no cost of watching.
    double plain = 0, watched = 0;
    foreach (bool isWatched in round % 2 == 0 ? (bool[])[false, true] : [true, false])
        if (isWatched)
            watched = isAttack ? await AttackedAsync() : await WatchedAsync();
        else
            plain = isAttack ? await WatchedAsync() : Seconds([]);
    ratios[round] = watched / plain;
    Console.WriteLine($"round {round}: without {plain:F3} s, with {watched:F3} s, ratio {ratios[round]:F4}"
        + (round == 0 ? " (warm-up)" : ""));
}
double[] sorted = [.. ratios.Skip(1).Order()];
Console.WriteLine($"cost {(sorted[rounds / 2] - 1) * 100:F2} % (median of {rounds}; {(sorted[0] - 1) * 100:F2} to "
    + $"{(sorted[^1] - 1) * 100:F2} %)");
Directory.Delete(root, recursive: true);

// From the first step to the end of the last epoch.
double Seconds(Callback[] callbacks)
{
    var watch = new Watch();
    model.Initialize(1);
    new Trainer(model, new CrossEntropy(), optimizer)
    {
        Epochs = epochs,
        Callbacks = [.. callbacks, watch],
    }.Fit(data);
    return watch.Seconds;
}

async Task<double> WatchedAsync()
{
    using var folder = new RunFolder(Path.Combine(root, $"{++runs}"), new($"{runs}", "benchmark"), "{}", new());
    var steering = new Steering(folder);
    server.Watch(folder.Path, steering);
    // A run's id, by which the page asks for it.
    string id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder.Path)))[..16];
    using var ending = new CancellationTokenSource();
    Task reading = ReadAsync($"/api/stream?runs={id}", ending.Token);
    double seconds = Seconds([new Diagnosis(), folder, steering, new TensorBoardLog(folder.Path),
        new RunReport(folder.Path)]);
    await ending.CancelAsync();
    await reading;
    return seconds;
}

async Task ReadAsync(string target, CancellationToken cancellation)
{
    try
    {
        await using Stream stream = await client.GetStreamAsync(new Uri(server.Address, target), cancellation);
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, cancellation) > 0)
            ;
    }
    catch (OperationCanceledException)
    {
        // The training ended: nobody looks any more.
    }
}

async Task<double> AttackedAsync()
{
    List<TcpClient> clients = [];
    string cookie = await CookieAsync();
    for (int i = 0; i < 1000; i++)
        clients.Add(await ConnectAsync(""));
    for (int i = 0; i < 23; i++)
        clients.Add(await ConnectAsync($"GET /api/stream HTTP/1.1\r\nHost: {server.Address.Authority}\r\n"
            + $"Cookie: {cookie}\r\n\r\n"));
    double seconds = await WatchedAsync();
    clients.ForEach(one => one.Dispose());
    return seconds;
}

async Task<TcpClient> ConnectAsync(string request)
{
    var one = new TcpClient { ReceiveBufferSize = 4096 };
    await one.ConnectAsync(server.Address.Host, server.Address.Port);
    await one.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
    return one;
}

async Task<string> CookieAsync()
{
    using var one = await ConnectAsync($"GET {server.Address.PathAndQuery} HTTP/1.1\r\n"
        + $"Host: {server.Address.Authority}\r\n\r\n");
    var buffer = new byte[4096];
    string answer = Encoding.ASCII.GetString(buffer, 0, await one.GetStream().ReadAsync(buffer));
    return answer.Split("Set-Cookie: ")[1].Split(';')[0];
}

sealed class Watch : Callback
{
    long _start;

    public double Seconds { get; private set; }

    protected override void OnTrainBegin(TrainingRun run) => _start = Stopwatch.GetTimestamp();

    protected override void OnEpochEnd(TrainingRun run) => Seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
}
