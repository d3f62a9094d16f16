using System.IO.Compression;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Hondo.TorchSharp;

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
        Tensor x = tensor(new float[] { 0, 0, 0, 1, 1, 0, 1, 1 }, [4, 2]);
        Tensor y = tensor(new float[] { 0, 1, 1, 0 }, [4, 1]);
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
