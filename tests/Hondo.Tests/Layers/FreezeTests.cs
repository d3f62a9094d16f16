using Hondo.Layers;
using Hondo.Losses;
using Hondo.Ops;
using Hondo.Optimizers;
using Hondo.Serialization;
using Hondo.Tensors;
using Hondo.Tests.Data;
using Hondo.Tests.Training;
using Hondo.Training;
using BatchNorm = Hondo.Layers.BatchNorm;
using Linear = Hondo.Layers.Linear;

namespace Hondo.Tests.Layers;

public sealed class FreezeTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    public static TheoryData<string, int[]> Models => new()
    {
        { "Linear(6, 4)", [3, 6] },
        { "Conv1d(3, 4, kernel: 3)", [2, 9, 3] },
        { "Conv2d(3, 16, kernel: 3, padding: 1)", [2, 8, 8, 3] },
        { "Conv2d(8, 8, kernel: 1)", [2, 5, 5, 8] },
        { "Conv2d(4, 8, kernel: 3, groups: 2)", [2, 6, 6, 4] },
        { "Conv2d(16, 16, kernel: 3, padding: 1, groups: 16)", [2, 6, 6, 16] },
        { "ConvTranspose2d(3, 4, kernel: 3, stride: 2)", [2, 4, 4, 3] },
        { "LayerNorm(5)", [3, 5] },
        { "RmsNorm(5)", [3, 5] },
        { "GroupNorm(2, 6)", [3, 4, 4, 6] },
        { "Rnn(3, 5)", [2, 4, 3] },
        { "Lstm(3, 5)", [2, 4, 3] },
        { "Gru(3, 5)", [2, 4, 3] },
        { "MultiHeadAttention(8, 2)", [2, 5, 8] },
        { "PRelu()", [2, 5] },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void What_lies_before_a_frozen_layer_gets_the_same_gradient(string text, int[] shape)
    {
        Layer layer = LayerCatalog.All.Parse(text).Initialize(2);
        Tensor x = Tasks.Uniform([.. shape], -1, 1);
        float[] expected = Gradient(layer, x);
        foreach (Parameter parameter in layer.Parameters)
        {
            parameter.IsTrainable = false;
            Assert.Equal(expected, Gradient(layer, x));
        }
        Assert.True(layer.IsFrozen);
        Assert.All(layer.Parameters, parameter => Assert.Contains("is frozen, so it has no gradient",
            Assert.Throws<InvalidOperationException>(() => parameter.Gradient).Message, StringComparison.Ordinal));
        Assert.Equal(expected, Gradient(layer.Unfreeze(), x));
    }

    static float[] Gradient(Layer layer, Tensor input)
    {
        using var step = Tape.Begin();
        Tensor x = Tape.Watch(input);
        layer.Forward(x).Square().Sum().Backward();
        return x.Gradient.ToArray<float>();
    }

    [Fact]
    public void Nothing_is_spent_on_the_gradient_of_frozen_layers()
    {
        var model = new Sequential(new Linear(4, 8), new Tanh(), new Linear(8, 2));
        model[0].Freeze();
        using var step = Tape.Begin();
        model.Forward(Tensor.Ones([3, 4])).Sum().Backward();
        Assert.Equal(["2.weight", "2.bias"], Tape.Active!.ReachedLeaves.Select(leaf => leaf.Parameter!.Name).Order()
            .Reverse());
    }

    [Fact]
    public void A_frozen_batch_norm_keeps_its_statistics_and_uses_them()
    {
        var norm = new BatchNorm(3);
        Tensor x = Tasks.Uniform([8, 3], 2, 5);
        norm.Freeze();
        using (Tape.Begin())
            Assert.Equal(norm.Forward(x).ToArray<float>(), Outside(norm, x));
        Assert.Equal([0f, 0, 0], norm.Mean.Value.ToArray<float>());
        norm.Unfreeze();
        using (Tape.Begin())
            norm.Forward(x);
        Assert.All(norm.Mean.Value.ToArray<float>(), mean => Assert.InRange(mean, 0.2, 0.5));
    }

    static float[] Outside(Layer layer, Tensor x)
    {
        using var step = new Tape().Open(new(Mode.Inference, 1, 0));
        return layer.Forward(x).ToArray<float>();
    }

    [Fact]
    public void A_run_that_unfreezes_on_its_way_resumes_to_the_same_bits()
    {
        byte[] expected = Tasks.Bits(Run(null, null));
        for (int at = 1; at < 12; at++)
        {
            var folder = new CheckpointFolder(_scratch[$"{at}"]);
            using var source = new CancellationTokenSource();
            Assert.Throws<TrainingCanceledException>(() => Run(new StopAt(at, folder, source), null, source.Token));
            Assert.Equal(expected, Tasks.Bits(Run(null, RunCheckpoint.Newest(folder.Path))));
        }
    }

    static Layer Run(Callback? stop, RunCheckpoint? resume, CancellationToken cancellation = default)
    {
        Layer model = new Sequential(new Linear(20, 16), new BatchNorm(16), new Relu(), new Linear(16, 3))
            .Initialize(3);
        foreach (Layer layer in model.Layers.Skip(1).Take(2))
            layer.Freeze();
        var optimizer = new Adam(model.Parameters, 0.01) { Groups = { new(model.Layers[1].Parameters, 0.002) } };
        new Trainer(model, new CrossEntropy(), optimizer)
        {
            Epochs = 3,
            BatchSize = 45,
            Callbacks = [new Thaw(), .. stop is null ? [] : new[] { stop }],
        }.Fit(Tasks.Parts(), resume, cancellation);
        Assert.Equal(resume is null ? 12 : optimizer.StepCount, optimizer.StepCount);
        return model;
    }

    /// <summary>Unfreezes in the middle of the second epoch.</summary>
    sealed class Thaw : Callback
    {
        protected internal override void OnStepEnd(TrainingRun run)
        {
            if (run.Step == 6)
                run.Model.Unfreeze();
        }
    }
}
