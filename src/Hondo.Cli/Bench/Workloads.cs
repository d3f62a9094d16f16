using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
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
            model => new Adam(model.Parameters, 0.001))),
        new("xor_tiny", 4000, Xor),
        new("iris_tiny", 3000, Iris),
    ];

    /// <exception cref="UsageException">There is none of that name.</exception>
    public static Workload Find(string name) => All.FirstOrDefault(w => w.Name == name)
        ?? throw new UsageException($"There is no workload '{name}'. Known ones: "
            + $"{string.Join(", ", All.Select(w => w.Name))}.");

    static WorkloadParts Mnist(Layer model, Func<Layer, Optimizer> optimizer)
    {
        DataParts data = DataSource.Open("mnist").Parts;
        return new(model, new CrossEntropy(), optimizer(model), new ShuffledBatches(data.Train, 128), data.Test);
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
}
