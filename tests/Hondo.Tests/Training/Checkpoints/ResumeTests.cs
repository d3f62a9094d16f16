using Hondo.Data;
using Hondo.Layers;
using Hondo.Optimizers;
using Hondo.Schedules;
using Hondo.Serialization;
using Hondo.Tests.Data;
using Hondo.Training;
using CrossEntropy = Hondo.Losses.CrossEntropy;

namespace Hondo.Tests.Training;

/// <summary>A run that stops anywhere and goes on ends with the bits of one that never stopped.</summary>
public sealed class ResumeTests : IDisposable
{
    // 20 batches an epoch, in updates of three: the last two of an epoch make one too.
    const int Steps = 60, Epochs = 3;

    static readonly DataSplits Digits = new(Datasets.Digits().Train.Take(160), Datasets.Digits().Test!.Take(40));

    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    static Trainer Trainer(params Callback[] callbacks)
    {
        Layer model = new Sequential(new Conv2d(1, 4, kernel: 3), new BatchNorm(4), new Relu(), new MaxPool2d(2),
            new Dropout(0.3), new Flatten(), new Hondo.Layers.Linear(676, 10)).Initialize(3);
        return new(model, new CrossEntropy(), new Adam(model.Parameters, 0.01))
        {
            Schedule = new OneCycle(Epochs),
            Epochs = Epochs,
            BatchSize = 8,
            Accumulate = 3,
            Transform = TransformCatalog.Parse("Shift(1), Rotate(10)"),
            Callbacks = callbacks,
        };
    }

    [Fact]
    public void After_a_stop_at_any_step_the_model_and_every_number_are_those_of_the_unbroken_run()
    {
        Trainer unbroken = Trainer(new KeepBest());
        History history = unbroken.Fit(Digits);
        Assert.Equal(Steps, history[^1].Steps);
        string hash = ModelHash.Of(unbroken.Model);
        List<int> different = [];
        for (int step = 1; step <= Steps; step++)
        {
            var folder = new CheckpointFolder(_scratch[$"{step}"]);
            using var source = new CancellationTokenSource();
            Trainer broken = Trainer(new KeepBest(), new StopAt(step, folder, source));
            Assert.Throws<TrainingCanceledException>(() => broken.Fit(Digits, source.Token));
            Trainer resumed = Trainer(new KeepBest());
            History after = resumed.Fit(Digits, RunCheckpoint.Newest(folder.Path));
            if (ModelHash.Of(resumed.Model) != hash || !Numbers(after).SequenceEqual(Numbers(history)))
                different.Add(step);
        }
        Assert.Empty(different);
    }

    // The checksums are right: somebody made it so, or a version to come writes something else.
    [Theory]
    [InlineData("history.count", "1e300")]
    [InlineData("history.count", "NaN")]
    [InlineData("history.1.epoch", "1 2")]
    [InlineData("history.1.train.values", "")]
    [InlineData("history.1.train.samples", "-1")]
    [InlineData("run.stepInEpoch", "9999999")]
    [InlineData("run.step", "0.5")]
    [InlineData("run.epoch", "0")]
    [InlineData("metrics.accuracy", "1")]
    [InlineData("KeepBest0.bestEpoch", "-5")]
    [InlineData("history.1.dev.", null, "its epochs have different numbers")]
    [InlineData("history.1.dev.values", null)]
    public void A_checkpoint_whose_numbers_make_no_sense_is_refused_by_name(string name, string? text,
        string? said = null)
    {
        var folder = new CheckpointFolder(_scratch["checkpoints"]);
        using var source = new CancellationTokenSource();
        Assert.Throws<TrainingCanceledException>(
            () => Trainer(new KeepBest(), new StopAt(23, folder, source)).Fit(Digits, source.Token));
        string good = RunCheckpoint.Newest(folder.Path).Path;
        Safetensors state = Safetensors.Read(Path.Combine(good, "state.safetensors"));
        string[] keys = [.. state.Metadata.Keys.Where(key => key == name
            || (name.EndsWith('.') && key.StartsWith(name, StringComparison.Ordinal)))];
        Assert.NotEmpty(keys);
        Dictionary<string, string> texts = new(state.Metadata);
        foreach (string key in keys)
            texts.Remove(key);
        if (text is not null)
            texts[name] = text;
        byte[] model = File.ReadAllBytes(Path.Combine(good, "checkpoint.safetensors"));
        folder.Save(24, new Dictionary<string, Action<Stream>>
        {
            ["checkpoint.safetensors"] = to => to.Write(model),
            ["state.safetensors"] = new Safetensors(state.Tensors, texts).Write,
        });
        RunCheckpoint checkpoint = RunCheckpoint.Newest(folder.Path);
        Assert.NotEqual(good, checkpoint.Path);
        Assert.Contains(said ?? name, Assert.Throws<DataFormatException>(
            () => Trainer(new KeepBest()).Fit(Digits, checkpoint)).Message, StringComparison.Ordinal);
        Directory.Delete(folder.Path, recursive: true);
    }

    static IEnumerable<(string, double)> Numbers(History history) =>
        history.SelectMany(epoch => epoch.Numbers.Append(("rate", epoch.LearningRate)));
}
