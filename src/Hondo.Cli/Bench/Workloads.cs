using Hondo.Data;
using Hondo.Kernels;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Models;
using Hondo.Optimizers;
using Hondo.Tensors;

namespace Hondo.Cli.Bench;

/// <summary>The workloads by name.</summary>
static class Workloads
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("softmax_mnist", 469, () => Mnist(new Sequential(new Flatten(), new Linear(784, 10)),
            model => new Sgd(model.Parameters, 0.1))),
        new("mlp_mnist", 469, () => Mnist(
            new Sequential(new Flatten(), new Linear(784, 512), new Relu(), new Dropout(0.2),
                new Linear(512, 512), new Relu(), new Dropout(0.2), new Linear(512, 10)),
            Adam)),
        new("lenet5_mnist", 235, () => Mnist(ConvNets.LeNet5([28, 28, 1], 10), Adam)),
        new("keras_cnn_mnist", 100, () => Mnist(ConvNets.Cnn([28, 28, 1], 10), Adam)),
        new("bn_cnn_mnist", 25, () => Mnist(ConvNets.Vgg([28, 28, 1], 10, [32, 64]), Adam)),
        new("resnet20_synthetic", 16, ResNet),
        new("xor_tiny", 4000, Xor),
        new("iris_tiny", 3000, Iris),
        new("char_lstm_128", 60, () => Text(kinds => new Lstm(kinds, 128, layers: 2))),
        new("char_lstm_512", 12, () => Text(kinds => new Lstm(kinds, 512, layers: 2))),
        new("char_gru_128", 60, () => Text(kinds => new Gru(kinds, 128, layers: 2))),
        new("gpt_small", 4, Gpt),
    ];

    /// <exception cref="UsageException">There is none of that name.</exception>
    public static Workload Find(string name) => All.FirstOrDefault(w => w.Name == name)
        ?? throw new UsageException($"There is no workload '{name}'. Known ones: "
            + $"{string.Join(", ", All.Select(w => w.Name))}.");

    static WorkloadParts Mnist(Layer model, Func<Layer, Optimizer> optimizer)
    {
        DataSplits data = DataSource.Open("mnist").Parts;
        return new(model, new CrossEntropy(), optimizer(model), new ShuffledBatches(data.Train, 128), data.Test);
    }

    static Adam Adam(Layer model) => new(model.Parameters, 0.001);

    // Images and labels of noise: it is the speed that counts.
    static WorkloadParts ResNet()
    {
        const int Images = 2048;
        var random = new Philox(1, RandomStream.Of("images"));
        float[] pixels = [.. Enumerable.Range(0, Images * 32 * 32 * 3).Select(i => (float)random.Normal(i))];
        int[] labels = [.. Enumerable.Range(0, Images).Select(i => i * 7 % 10)];
        var data = new Dataset("noise", new FloatFeatures(pixels, [32, 32, 3]),
            new ClassTargets(labels, [.. Enumerable.Range(0, 10).Select(i => $"{i}")]));
        Layer model = ResNets.ForSmallImages([32, 32, 3], 10);
        // As PyTorch's weight_decay: norms' scales and shifts too.
        foreach (Parameter parameter in model.Parameters)
            parameter.IsDecayed = true;
        return new(model, new CrossEntropy(),
            new Momentum(model.Parameters, 0.1, 0.9) { GradientTransforms = { new L2(0.0001) } },
            new ShuffledBatches(data, 128),
            Test: null);
    }

    static WorkloadParts Xor()
    {
        var model = new Sequential(new Linear(2, 4), new Tanh(), new Linear(4, 1));
        return new(model, new BinaryCrossEntropy(), new Sgd(model.Parameters, 0.5),
            new SameBatch(Tensor.Of([0f, 0, 0, 1, 1, 0, 1, 1], [4, 2]), Tensor.Of([0f, 1, 1, 0], [4, 1])), Test: null);
    }

    static WorkloadParts Iris()
    {
        Dataset data = Datasets.Iris().Train;
        var model = new Sequential(new Linear(4, 10), new Relu(), new Linear(10, 3));
        return new(model, new CrossEntropy(), new Adam(model.Parameters, 0.01),
            new ShuffledBatches(data, 16, Normalization.Fit(data)), data);
    }

    // Char-rnn's defaults (Karpathy 2015): batch 50, sequence 50, RMSprop, gradients clipped at ±5.
    static WorkloadParts Text(Func<int, Recurrent> body)
    {
        const int Rows = 50, Steps = 50;
        TextStream text = Shakespeare(Rows, Steps);
        Recurrent network = body(text.Kinds);
        var model = new CarriedText(network, new Linear(network.Hidden, text.Kinds), text, Rows);
        var optimizer = new RmsProp(model.Parameters, 2e-3, beta: 0.95) { GradientTransforms = { new ClipValue(5) } };
        return new(model, new CrossEntropy(), optimizer, text, Test: null);
    }

    // The size of nanoGPT's text of characters (Karpathy 2022), without dropout.
    static WorkloadParts Gpt()
    {
        const int Rows = 4, Steps = 256;
        TextStream text = Shakespeare(Rows, Steps);
        Sequential model = CharTransformer.Of(text.Kinds, Steps, hidden: 384, layers: 6, heads: 6);
        return new(model, new CrossEntropy(), Adam(model), text, Test: null);
    }

    static TextStream Shakespeare(int rows, int steps)
    {
        string path = DataFolders.Of("text").Select(folder => Path.Combine(folder, "shakespeare.txt"))
            .FirstOrDefault(File.Exists) ?? throw new UsageException("The text shakespeare.txt is not here: put it "
                + "into the folder text of HONDO_DATA.");
        return new(File.ReadAllBytes(path), rows, steps);
    }
}
