using Hondo.Data;
using Hondo.Layers;
using Hondo.Optimizers;
using Hondo.Tensors;
using Hondo.Training;
using CrossEntropy = Hondo.Losses.CrossEntropy;

namespace Hondo.Tests.Training;

/// <summary>Small data and models to train in tests.</summary>
static class Tasks
{
    /// <summary>Points of 20 numbers around three centres.</summary>
    public static Dataset Clouds(int count, int seed = 7)
    {
        var random = new Random(seed);
        var labels = new int[count];
        var values = new float[count * 20];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)random.NextDouble() + (i % 3 == (labels[i / 20] = i / 20 % 3) ? 0.3f : 0);
        return new("clouds", new FloatFeatures(values, [20]), new ClassTargets(labels, ["red", "green", "blue"]));
    }

    /// <summary>Numbers between two others, always the same.</summary>
    public static Tensor Uniform(Shape shape, double from, double to)
    {
        var random = new Random(shape.Size);
        return Tensor.Of(Enumerable.Range(0, shape.Size)
            .Select(_ => (float)(from + ((to - from) * random.NextDouble()))).ToArray(), shape);
    }

    public static DataSplits Parts(int count = 300) => new Split(60, 20, 20).Of(Clouds(count));

    public static Layer Mlp(ulong seed = 1) => new Sequential(new Linear(20, 32), new Relu(), new Dropout(0.2),
        new Linear(32, 3)).Initialize(seed);

    public static Trainer Trainer(Layer model, int epochs = 3, int batchSize = 16, params Callback[] callbacks) =>
        new(model, new CrossEntropy(), new Adam(model.Parameters, 0.01))
        {
            Epochs = epochs,
            BatchSize = batchSize,
            Callbacks = callbacks,
        };

    public static byte[] Bits(Layer model) =>
        [.. model.Parameters.SelectMany(p => p.Value.ToArray<float>()).SelectMany(BitConverter.GetBytes)];
}
