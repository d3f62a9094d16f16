using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Tensors;
using Hondo.Training;

namespace Hondo.Tests.Training;

/// <summary>What frozen first layers make of samples is computed once and kept when it is the same each time.</summary>
public sealed class FrozenBeginningTests
{
    const int Count = 40, Epochs = 4;

    sealed class Reader : ISampleReader
    {
        readonly float[] _numbers = [.. Enumerable.Range(0, 40 * 12).Select(i => (float)Math.Sin(i * i))];
        int _reads;

        public int Reads => _reads;

        public int Count => 40;

        public Shape Sample => [2, 2, 3];

        public void Read(int row, Span<float> sample)
        {
            Interlocked.Increment(ref _reads);
            _numbers.AsSpan(row * 12, 12).CopyTo(sample);
        }
    }

    sealed class Unfreezing(Layer layer) : Callback
    {
        protected internal override void OnEpochBegin(TrainingRun run)
        {
            if (run.Epoch > 2)
                layer.Unfreeze();
        }
    }

    [Fact]
    public void Samples_are_read_once_instead_of_in_each_epoch()
    {
        int kept = Fit(Model(), out _).Reads, asked = Fit(Model(new Function(x => x)), out _).Reads;
        // A sample more shows the shape.
        Assert.InRange(kept, Count, Count + 2);
        Assert.Equal(Count * Epochs, asked);
    }

    [Fact]
    public void The_head_learns_the_same_as_when_all_is_computed_each_time()
    {
        Sequential kept = Model(), asked = Model(new Function(x => x));
        Fit(kept, out History quick);
        Fit(asked, out History slow);
        Assert.Equal(slow[^1].Train.Loss, quick[^1].Train.Loss, 1e-5);
        Assert.Equal(slow[^1].Dev!.Loss, quick[^1].Dev!.Loss, 1e-5);
        Assert.All(kept[^1].Parameters.Zip(asked[^1].Parameters), pair =>
            Assert.All(pair.First.Value.ToArray<float>().Zip(pair.Second.Value.ToArray<float>()), numbers =>
                Assert.Equal(numbers.Second, numbers.First, 1e-5)));
    }

    [Fact]
    public void What_is_unfrozen_later_is_trained_from_then_on()
    {
        Sequential model = Model();
        float[] before = model.Parameters[0].Value.ToArray<float>();
        Reader reader = Fit(model, out _, new Unfreezing(model[0]));
        Assert.NotEqual(before, model.Parameters[0].Value.ToArray<float>());
        Assert.InRange(reader.Reads, 3 * Count, 3 * Count + 2);
    }

    [Fact]
    public void Dropout_and_changed_samples_are_computed_each_time()
    {
        Sequential dropping = Model(new Dropout(0.5));
        Assert.Equal(Count * Epochs, Fit(dropping, out _).Reads);
        Assert.Equal(Count * Epochs, Fit(Model(), out _, transform: new GaussianNoise(0.1)).Reads);
    }

    static Sequential Model(Layer? first = null)
    {
        Layer[] layers = [new Conv2d(3, 8, 1), new BatchNorm(8), new Relu(), new Flatten(), new Linear(32, 2)];
        var model = new Sequential([.. first is null ? Array.Empty<Layer>() : [first], .. layers]);
        // By hand: the paths that numbers are drawn by differ by the first layer.
        for (int k = 0; k < model.Parameters.Count; k++)
            model.Parameters[k].Set(Tensor.Of([.. Enumerable.Range(0, model.Parameters[k].Shape.Size)
                .Select(i => (float)Math.Cos(i + 7 * k) / 2)], model.Parameters[k].Shape));
        layers[0].Freeze();
        layers[1].Freeze();
        return model;
    }

    static Reader Fit(Sequential model, out History history, Callback? callback = null,
        ISampleTransform? transform = null)
    {
        var reader = new Reader();
        var whole = new Dataset("sines", new ReaderFeatures(reader), new ClassTargets(
            [.. Enumerable.Range(0, Count).Select(i => i % 2)], ["even", "odd"]));
        int[] rows = [.. Enumerable.Range(0, Count)];
        var parts = new DataSplits(whole.Part("train", rows.AsSpan(10)), whole.Part("dev", rows.AsSpan(0, 10)));
        history = new Trainer(model, new CrossEntropy(), new Sgd(model.Parameters, 0.1))
        {
            Epochs = Epochs, BatchSize = 8, Callbacks = callback is null ? [] : [callback], Transform = transform,
        }.Fit(parts);
        return reader;
    }
}
