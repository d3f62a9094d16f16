using Hondo.Data;
using Hondo.Kernels;
using Hondo.Layers;
using Hondo.Optimizers;
using Hondo.Serialization;
using Hondo.Tests.Data;
using Hondo.Tests.Kernels;
using Hondo.Training;
using CrossEntropy = Hondo.Losses.CrossEntropy;

namespace Hondo.Tests.Training;

/// <summary>A run goes on with the arithmetic that it began with.</summary>
[Collection(nameof(WorkersTests))]
public sealed class ExactResumeTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose()
    {
        Numerics.Exact = false;
        _scratch.Dispose();
    }

    [Fact]
    public void A_checkpoint_of_exact_numerics_is_refused_without_them()
    {
        Numerics.Exact = true;
        var folder = new CheckpointFolder(_scratch["checkpoints"]);
        using var source = new CancellationTokenSource();
        DataSplits iris = new(Datasets.Iris().Train.Take(40));
        Assert.Throws<TrainingCanceledException>(
            () => Trainer(new StopAt(2, folder, source)).Fit(iris, source.Token));
        RunCheckpoint checkpoint = RunCheckpoint.Newest(folder.Path);
        Assert.Equal(3, Trainer().Fit(iris, checkpoint).Count);
        Numerics.Exact = false;
        Assert.Contains("trained with Numerics.Exact = true, but is to go on with Numerics.Exact = false",
            Assert.Throws<DataFormatException>(() => Trainer().Fit(iris, checkpoint)).Message,
            StringComparison.Ordinal);
    }

    static Trainer Trainer(params Callback[] callbacks)
    {
        Layer model = new Sequential(new Hondo.Layers.Linear(4, 3)).Initialize(1);
        return new(model, new CrossEntropy(), new Adam(model.Parameters, 0.01))
        {
            Epochs = 3,
            BatchSize = 10,
            Callbacks = callbacks,
        };
    }
}
