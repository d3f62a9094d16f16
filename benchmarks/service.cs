#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
#:property TieredPGO=true
#:project ../src/Hondo.Serving
#:project ../src/Hondo.Vision
// A model in a web service: 64 clients over loopback, each with a connection of its own, send one picture after the
// other as 784 bytes and compare each answer with the bits that the model gives for that picture alone.
//   dotnet run -c Release benchmarks/service.cs -- [REQUESTS] [mlp] [lenet5]     1000000 requests to each
// One by one is the same service with one client, and with 64 whose samples are computed one at a time. All clients are
// one thread with blocking sockets, for they take the processors that they share with the service. HTTP that computes
// nothing is measured beside it; of each, the processor time of the service and of the clients. Profile-guided
// recompilation is on, as in the service of whoever does not turn it off.
using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Hondo.Inference;
using Hondo.Layers;
using Hondo.Models;
using Hondo.Serving;
using Hondo.Tensors;

const int Clients = 64, Pixels = 784, Pictures = 1000, WarmSeconds = 8;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int requests = args.Length > 0 ? int.Parse(args[0]) : 1_000_000;
string[] names = args.Length > 1 ? args[1..] : ["mlp", "lenet5"];
var drawn = new byte[Pictures * Pixels];
new Random(1).NextBytes(drawn);
byte[][] pictures = [.. drawn.Chunk(Pixels)];
bool isGood = true;
foreach (string name in names)
    isGood &= await Serve(name);
return isGood ? 0 : 1;

async Task<bool> Serve(string name)
{
    Layer model = name == "mlp"
        ? new Sequential(new Flatten(), new Linear(784, 512), new Relu(), new Linear(512, 512), new Relu(),
            new Linear(512, 10))
        : ConvNets.LeNet5([28, 28, 1], 10);
    model.Initialize(1);
    var alone = new Predictor(model);
    byte[][] answers = [.. pictures.Select(picture => MemoryMarshal.AsBytes<float>(
        alone.Forward(Tensor.Of(Numbers(picture), [1, 28, 28, 1])).ToArray<float>()).ToArray())];
    HondoModel batched = new(model, new() { InputShape = [28, 28, 1] }),
        single = new(model, new() { InputShape = [28, 28, 1] }, new() { MaxBatch = 1 });
    await using WebApplication app = Service(batched, single);
    await app.StartAsync();
    int port = new Uri(app.Urls.First()).Port, few = Math.Max(1000, requests / 20);
    // Before anything counts every path is compiled to the end, which takes seconds, and has plans for all batches.
    long begin = Stopwatch.GetTimestamp();
    while (Stopwatch.GetElapsedTime(begin).TotalSeconds < WarmSeconds)
        foreach (string path in (string[])["/batched", "/single", "/nothing"])
            foreach (int clients in (int[])[Clients, 1])
                await Ask(port, path, clients, 2000, null);
    Load one = await Ask(port, "/batched", 1, few, answers), oneSingle = await Ask(port, "/single", 1, few, answers),
        turns = await Ask(port, "/single", Clients, few, answers),
        nothing = await Ask(port, "/nothing", Clients, few, null),
        all = await Ask(port, "/batched", Clients, requests, answers);
    Console.WriteLine($"""
        {name}: {all.Told.Wrong} wrong of {all.Told.Count}; {Clients} clients: {all}
          {all.Rate / one.Rate:F2} times one client, one by one: {one}
          {all.Rate / oneSingle.Rate:F2} times one client without batches: {oneSingle}
          {all.Rate / turns.Rate:F2} times {Clients} clients without batches: {turns}
          HTTP that computes nothing, {Clients} clients: {nothing}
        """);
    await app.StopAsync();
    return all.Told.Wrong + one.Told.Wrong + turns.Told.Wrong == 0 && all.Rate >= 3 * one.Rate;
}

static WebApplication Service(HondoModel batched, HondoModel single)
{
    WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
    builder.Logging.ClearProviders();
    builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
    WebApplication app = builder.Build();
    app.MapPost("/batched", (RequestDelegate)(context => Answer(context, batched)));
    app.MapPost("/single", (RequestDelegate)(context => Answer(context, single)));
    app.MapPost("/nothing", (RequestDelegate)(context => Answer(context, null)));
    return app;
}

static async Task Answer(HttpContext context, HondoModel? model)
{
    PipeReader body = context.Request.BodyReader;
    ReadResult read = await body.ReadAtLeastAsync(Pixels);
    Task<Tensor>? asked = model is null ? null : Predict(model, read.Buffer, context.RequestAborted);
    body.AdvanceTo(read.Buffer.End);
    float[] scores = asked is null ? new float[10] : (await asked).ToArray<float>();
    context.Response.ContentLength = scores.Length * sizeof(float);
    context.Response.BodyWriter.Write(MemoryMarshal.AsBytes<float>(scores));
}

static Task<Tensor> Predict(HondoModel model, ReadOnlySequence<byte> body, CancellationToken cancellation)
{
    Span<byte> picture = stackalloc byte[Pixels];
    Span<float> numbers = stackalloc float[Pixels];
    body.CopyTo(picture);
    for (int i = 0; i < numbers.Length; i++)
        numbers[i] = picture[i] / 255f;
    return model.PredictAsync(numbers, cancellation);
}

static float[] Numbers(byte[] picture) => Array.ConvertAll(picture, static value => value / 255f);

// Clients that each wait for an answer before they ask again. Without answers nothing is compared.
Task<Load> Ask(int port, string path, int clients, int count, byte[][]? answers) => Task.Factory.StartNew(() =>
{
    Client[] asking = [.. Enumerable.Range(0, clients).Select(_ => new Client(port, path))];
    var load = new Load(count);
    TimeSpan processor = Environment.CpuUsage.TotalTime;
    long own = Own(), start = Stopwatch.GetTimestamp();
    for (int i = 0; i < count + clients; i++)
    {
        Client client = asking[i % clients];
        if (i >= clients)
            load.Add(client.Answer(), answers?[(i - clients) % Pictures], client.Asked);
        if (i < count)
            client.Ask(pictures[i % Pictures]);
    }
    load.Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
    var clientsTime = TimeSpan.FromMicroseconds((Own() - own) / 1000);
    load.Processor = (Environment.CpuUsage.TotalTime - processor - clientsTime, clientsTime);
    Array.ForEach(asking, static client => client.Dispose());
    return load;
}, TaskCreationOptions.LongRunning);

// This thread's own processor time, in nanoseconds.
static long Own() => long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0]);

/// <summary>A connection that is kept, and knows only the answers of this service.</summary>
sealed class Client : IDisposable
{
    readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly byte[] _request, _answer = new byte[4096];

    public Client(int port, string path)
    {
        _request = [.. Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Length: 784\r\n\r\n"), .. new byte[784]];
        _socket.Connect(IPAddress.Loopback, port);
    }

    public long Asked { get; private set; }

    public void Ask(byte[] picture)
    {
        picture.CopyTo(_request, _request.Length - picture.Length);
        Asked = Stopwatch.GetTimestamp();
        _socket.Send(_request);
    }

    public ReadOnlySpan<byte> Answer()
    {
        for (int length = 0; ;)
        {
            length += _socket.Receive(_answer.AsSpan(length)) is > 0 and int read ? read
                : throw new IOException("the service closed the connection");
            int body = _answer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) + 4;
            if (body >= 4 && length >= body + 40)
                return _answer.AsSpan().StartsWith("HTTP/1.1 200"u8) && length == body + 40 ? _answer.AsSpan(body, 40)
                    : throw new IOException(Encoding.ASCII.GetString(_answer, 0, length));
        }
    }

    public void Dispose() => _socket.Dispose();
}

/// <summary>What some clients met.</summary>
sealed class Load(int most)
{
    readonly long[] _times = new long[most];
    int _count, _wrong;

    public (int Count, int Wrong) Told => (_count, _wrong);

    public double Seconds { get; set; }

    public (TimeSpan Service, TimeSpan Clients) Processor { get; set; }

    public double Rate => _count / Seconds;

    public void Add(ReadOnlySpan<byte> answer, byte[]? wanted, long asked)
    {
        _times[_count++] = Stopwatch.GetTimestamp() - asked;
        _wrong += wanted is null || answer.SequenceEqual(wanted) ? 0 : 1;
    }

    public override string ToString() =>
        $"{Rate:F0} answers a second, median {Milliseconds(0.5):F2} ms, p99 {Milliseconds(0.99):F2} ms, "
        + $"{Processor.Service.TotalMicroseconds / _count:F0} us of the processors each, "
        + $"the client {Processor.Clients.TotalMicroseconds / _count:F0} us";

    double Milliseconds(double share) =>
        _times.Take(_count).Order().ElementAt((int)(share * (_count - 1))) * 1000.0 / Stopwatch.Frequency;
}
