#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:package TorchSharp
#:package libtorch-cpu-linux-x64
// A workload of the race in TorchSharp, which wraps PyTorch's own library for .NET: the same network, data, batch and
// optimizer, and a line of JSON with the field names of the PyTorch scripts.
//   dotnet run -c Release benchmarks/race-torchsharp.cs -- WORKLOAD [--threads N] [--windows N]
// Its library needs the C++ library of a newer Debian than 12: `race --peer FOLDER` publishes it and runs it in FOLDER.
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

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
Array.Sort(rates);
Array.Sort(milliseconds);
using var process = Process.GetCurrentProcess();
Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
{
    ["workload"] = args[0],
    ["torchsharp"] = typeof(torch).Assembly.GetName().Version!.ToString(3),
    ["threads"] = threads,
    [workload.IsText ? "chars_per_s" : "samples_per_s"] = Math.Round((rates[(windows - 1) / 2] + rates[windows / 2]) / 2, 1),
    ["ms_per_step"] = Math.Round((milliseconds[(windows - 1) / 2] + milliseconds[windows / 2]) / 2, 4),
    ["steps_per_window"] = workload.Steps,
    ["windows"] = windows,
    ["final_loss"] = Math.Round(loss / workload.Steps, 5),
    ["peak_rss_mb"] = Math.Round(process.PeakWorkingSet64 / (1024.0 * 1024), 1),
}));

/// <summary>A training, step by step.</summary>
/// <param name="Steps">Steps of a window.</param>
/// <param name="Samples">Samples, or characters, of a step.</param>
/// <param name="Step">One step; its loss.</param>
/// <param name="IsText">Whether it reads characters.</param>
sealed record Workload(int Steps, int Samples, Func<float> Step, bool IsText = false);

/// <summary>The workloads by name.</summary>
static class Workloads
{
    static string Data => Environment.GetEnvironmentVariable("HONDO_DATA") ?? "data";

    /// <summary>Makes one ready.</summary>
    public static Workload Open(string name) => name switch
    {
        "softmax_mnist" => Mnist(Sequential(Flatten(), Linear(784, 10)), 469, all => optim.SGD(all, 0.1)),
        "mlp_mnist" => Mnist(Sequential(Flatten(), Linear(784, 512), ReLU(), Dropout(0.2), Linear(512, 512), ReLU(),
            Dropout(0.2), Linear(512, 10)), 469, Adam),
        "lenet5_mnist" => Mnist(Sequential(Conv2d(1, 6, 5, padding: 2), ReLU(), MaxPool2d(2), Conv2d(6, 16, 5), ReLU(),
            MaxPool2d(2), Flatten(), Linear(400, 120), ReLU(), Linear(120, 84), ReLU(), Linear(84, 10)), 235, Adam),
        "keras_cnn_mnist" => Mnist(Sequential(Conv2d(1, 32, 3), ReLU(), MaxPool2d(2), Conv2d(32, 64, 3), ReLU(),
            MaxPool2d(2), Flatten(), Dropout(0.5), Linear(1600, 10)), 100, Adam),
        "bn_cnn_mnist" => Mnist(Sequential([.. Normed(1, 32), .. Normed(32, 32), MaxPool2d(2), .. Normed(32, 64),
            .. Normed(64, 64), MaxPool2d(2), Flatten(), Linear(3136, 128, hasBias: false), BatchNorm1d(128), ReLU(),
            Dropout(0.5), Linear(128, 10)]), 25, Adam),
        "resnet20_synthetic" => ResNet(),
        "xor_tiny" => Xor(),
        "iris_tiny" => Iris(),
        "char_lstm_128" => Characters(kinds => new LongShortTerm(kinds, 128), 60),
        "char_lstm_512" => Characters(kinds => new LongShortTerm(kinds, 512), 12),
        "char_gru_128" => Characters(kinds => new Gated(kinds, 128), 60),
        "gpt_small" => Gpt(),
        _ => throw new ArgumentException($"There is no workload '{name}'."),
    };

    static optim.Optimizer Adam(IEnumerable<Parameter> all) => optim.Adam(all, 1e-3);

    static Module<Tensor, Tensor>[] Normed(int from, int to) =>
        [Conv2d(from, to, 3, padding: 1, bias: false), BatchNorm2d(to), ReLU()];

    static Workload Mnist(Module<Tensor, Tensor> model, int steps, Func<IEnumerable<Parameter>, optim.Optimizer> by)
    {
        byte[] pixels = Read("train-images-idx3-ubyte")[16..], labels = Read("train-labels-idx1-ubyte")[8..];
        Tensor x = tensor(pixels).to(float32).div(255).reshape(-1, 1, 28, 28), y = tensor(labels).to(int64);
        return Classes(model, x, y, 128, steps, by(model.parameters()));
    }

    static byte[] Read(string name)
    {
        string path = Path.Combine(Data, "mnist", name);
        using Stream file = File.Exists(path) ? File.OpenRead(path)
            : new GZipStream(File.OpenRead(path + ".gz"), CompressionMode.Decompress);
        var all = new MemoryStream();
        file.CopyTo(all);
        return all.ToArray();
    }

    static Workload ResNet()
    {
        List<Module<Tensor, Tensor>> layers = [Conv2d(3, 16, 3, padding: 1, bias: false), BatchNorm2d(16), ReLU()];
        int from = 16;
        foreach (int to in new[] { 16, 32, 64 })
            for (int block = 0; block < 3; block++)
            {
                layers.Add(new Residual(from, to, to != 16 && block == 0 ? 2 : 1));
                from = to;
            }
        var model = Sequential([.. layers, AdaptiveAvgPool2d(1), Flatten(), Linear(64, 10)]);
        return Classes(model, randn(2048, 3, 32, 32), randint(10, [2048], int64), 128, 16,
            optim.SGD(model.parameters(), 0.1, momentum: 0.9, weight_decay: 1e-4));
    }

    static Workload Xor()
    {
        var model = Sequential(Linear(2, 4), Tanh(), Linear(4, 1));
        Tensor x = tensor(new float[] { 0, 0, 0, 1, 1, 0, 1, 1 }, [4, 2]), y = tensor(new float[] { 0, 1, 1, 0 }, [4, 1]);
        var loss = BCEWithLogitsLoss();
        optim.Optimizer optimizer = optim.SGD(model.parameters(), 0.5);
        return new(4000, 4, () => Learn(optimizer, () => loss.call(model.call(x), y)));
    }

    static Workload Iris()
    {
        string[][] rows = [.. File.ReadLines(Path.Combine(Data, "tabular", "iris.csv")).Skip(1)
            .Where(line => line.Length > 0).Select(line => line.Split(','))];
        List<string> kinds = [.. rows.Select(row => row[4]).Distinct()];
        Tensor x = tensor(rows.SelectMany(row => row.Take(4).Select(float.Parse)).ToArray(), [rows.Length, 4]);
        Tensor y = tensor(rows.Select(row => (long)kinds.IndexOf(row[4])).ToArray());
        var model = Sequential(Linear(4, 10), ReLU(), Linear(10, 3));
        return Classes(model, (x - x.mean([0L])) / x.std(0), y, 16, 3000, optim.Adam(model.parameters(), 1e-2));
    }

    static Workload Classes(Module<Tensor, Tensor> model, Tensor x, Tensor y, int size, int steps, optim.Optimizer by)
    {
        var loss = CrossEntropyLoss();
        Tensor order = randperm(x.shape[0]);
        long at = 0;
        return new(steps, size, () =>
        {
            if (at >= x.shape[0])
                (order, at) = (randperm(x.shape[0]), 0);
            long end = Math.Min(at + size, x.shape[0]);
            using Tensor rows = order.slice(0, at, end, 1);
            at = end;
            return Learn(by, () => loss.call(model.call(x.index_select(0, rows)), y.index_select(0, rows)));
        });
    }

    static Workload Characters(Func<int, Carried> body, int steps)
    {
        const int Rows = 50, Length = 50;
        (Tensor ids, int kinds) = Shakespeare(Rows);
        Tensor rows = ids.t().contiguous(), eye = torch.eye(kinds);
        Carried model = body(kinds);
        optim.Optimizer optimizer = optim.RMSProp(model.parameters(), 2e-3, alpha: 0.95, eps: 1e-8);
        var loss = CrossEntropyLoss();
        long at = 0;
        return new(steps, Rows * Length, () =>
        {
            if (at >= rows.shape[0] - Length - 1)
                at = 0;
            if (at == 0)
                model.Forget(Rows);
            using Tensor read = rows.slice(0, at, at + Length, 1), next = rows.slice(0, at + 1, at + Length + 1, 1);
            at += Length;
            return Learn(optimizer, () => loss.call(
                model.call(eye.index_select(0, read.reshape(-1)).reshape(Length, Rows, kinds)).reshape(-1, kinds),
                next.reshape(-1)), () => nn.utils.clip_grad_value_(model.parameters(), 5));
        }, IsText: true);
    }

    static Workload Gpt()
    {
        const int Rows = 4, Length = 256;
        (Tensor rows, int kinds) = Shakespeare(Rows);
        var model = new Gpt(kinds, Length);
        optim.Optimizer optimizer = optim.Adam(model.parameters(), 1e-3);
        var loss = CrossEntropyLoss();
        long at = 0;
        return new(4, Rows * Length, () =>
        {
            if (at >= rows.shape[1] - Length - 1)
                at = 0;
            using Tensor read = rows.slice(1, at, at + Length, 1), next = rows.slice(1, at + 1, at + Length + 1, 1);
            at += Length;
            return Learn(optimizer, () => loss.call(model.call(read).reshape(-1, kinds), next.reshape(-1)));
        }, IsText: true);
    }

    static (Tensor Ids, int Kinds) Shakespeare(int rows)
    {
        byte[] text = File.ReadAllBytes(Path.Combine(Data, "text", "shakespeare.txt"));
        byte[] kinds = [.. text.Distinct().Order()];
        long[] ids = [.. text.Take(text.Length / rows * rows).Select(c => (long)Array.BinarySearch(kinds, c))];
        return (tensor(ids).reshape(rows, -1), kinds.Length);
    }

    static float Learn(optim.Optimizer optimizer, Func<Tensor> compute, Action? clip = null)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor loss = compute();
        optimizer.zero_grad();
        loss.backward();
        clip?.Invoke();
        optimizer.step();
        return loss.item<float>();
    }
}

/// <summary>Two convolutions and a way past them.</summary>
sealed class Residual : Module<Tensor, Tensor>
{
    readonly Module<Tensor, Tensor> _body, _skip;

    public Residual(int from, int to, int stride) : base("residual")
    {
        _body = Sequential(Conv2d(from, to, 3, stride: stride, padding: 1, bias: false), BatchNorm2d(to), ReLU(),
            Conv2d(to, to, 3, padding: 1, bias: false), BatchNorm2d(to));
        _skip = stride == 1 && from == to ? Identity()
            : Sequential(Conv2d(from, to, 1, stride: stride, bias: false), BatchNorm2d(to));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => functional.relu(_body.call(x) + _skip.call(x));
}

/// <summary>A network that carries its state from batch to batch.</summary>
abstract class Carried(string name) : Module<Tensor, Tensor>(name)
{
    /// <summary>Begins anew.</summary>
    public abstract void Forget(int rows);
}

/// <summary>Two layers of LSTM.</summary>
sealed class LongShortTerm : Carried
{
    readonly LSTM _cells;
    readonly Linear _out;
    readonly int _hidden;
    (Tensor, Tensor)? _state;

    public LongShortTerm(int kinds, int hidden) : base("lstm")
    {
        (_cells, _out, _hidden) = (LSTM(kinds, hidden, 2), Linear(hidden, kinds), hidden);
        RegisterComponents();
    }

    public override void Forget(int rows) => _state = (zeros(2, rows, _hidden), zeros(2, rows, _hidden));

    public override Tensor forward(Tensor x)
    {
        var (hidden, h, c) = _cells.call(x, _state);
        (Tensor lastH, Tensor lastC) = _state!.Value;
        _state = (h.detach().MoveToOuterDisposeScope(), c.detach().MoveToOuterDisposeScope());
        lastH.Dispose();
        lastC.Dispose();
        return _out.call(hidden);
    }
}

/// <summary>Two layers of GRU.</summary>
sealed class Gated : Carried
{
    readonly GRU _cells;
    readonly Linear _out;
    readonly int _hidden;
    Tensor? _state;

    public Gated(int kinds, int hidden) : base("gru")
    {
        (_cells, _out, _hidden) = (GRU(kinds, hidden, 2), Linear(hidden, kinds), hidden);
        RegisterComponents();
    }

    public override void Forget(int rows) => _state = zeros(2, rows, _hidden);

    public override Tensor forward(Tensor x)
    {
        var (hidden, h) = _cells.call(x, _state);
        Tensor last = _state!;
        _state = h.detach().MoveToOuterDisposeScope();
        last.Dispose();
        return _out.call(hidden);
    }
}

/// <summary>Six blocks of causal attention, 384 wide, as benchmarks/gpt_small.py.</summary>
sealed class Gpt : Module<Tensor, Tensor>
{
    const int Wide = 384, Heads = 6, Blocks = 6;

    readonly Embedding _tokens;
    readonly Parameter _places;
    readonly Sequential _body;

    public Gpt(int kinds, int length) : base("gpt")
    {
        _tokens = Embedding(kinds, Wide);
        _places = new(0.02 * randn(length, Wide));
        Module<Tensor, Tensor>[] blocks = [.. Enumerable.Range(0, Blocks).Select(_ => new Block())];
        _body = Sequential([.. blocks, LayerNorm(Wide), Linear(Wide, kinds)]);
        RegisterComponents();
        foreach (Module module in modules())
            if (module is Linear linear)
                init.normal_(linear.weight!, std: 0.02);
        init.normal_(_tokens.weight!, std: 0.02);
    }

    public override Tensor forward(Tensor x) => _body.call(_tokens.call(x) + _places);

    sealed class Block : Module<Tensor, Tensor>
    {
        readonly LayerNorm _first = LayerNorm(Wide), _second = LayerNorm(Wide);
        readonly Linear _queries = Linear(Wide, 3 * Wide), _out = Linear(Wide, Wide);
        readonly Sequential _mlp = Sequential(Linear(Wide, 4 * Wide), GELU(), Linear(4 * Wide, Wide));

        public Block() : base("block") => RegisterComponents();

        public override Tensor forward(Tensor x)
        {
            (long rows, long length) = (x.shape[0], x.shape[1]);
            Tensor[] parts = [.. _queries.call(_first.call(x)).split(Wide, 2)
                .Select(part => part.view(rows, length, Heads, -1).transpose(1, 2))];
            Tensor seen = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], is_casual: true);
            x = x + _out.call(seen.transpose(1, 2).reshape(rows, length, Wide));
            return x + _mlp.call(_second.call(x));
        }
    }
}
