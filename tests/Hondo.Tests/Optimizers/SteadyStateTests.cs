using Hondo.Layers;
using Hondo.Losses;
using Hondo.Metrics;
using Hondo.Optimizers;
using Hondo.Schedules;
using Hondo.Tensors;
using Hondo.Tests.Kernels;

namespace Hondo.Tests.Optimizers;

/// <summary>Runs alone: threads that wait for a busy core make the runtime allocate a little.</summary>
[Collection(nameof(WorkersTests))]
public sealed class SteadyStateTests
{
    // A shape of constants inside the step would allocate 72 bytes in a debug build, as any span of constants does
    // there.
    static readonly Shape Rows = [32, 64], FewRows = [7, 64];

    readonly Layer _model = new Sequential(
        new Linear(64, 128), new Relu(), new Dropout(0.2), new Residual(new Linear(128, 128)), new Tanh(),
            new Linear(128, 10));

    readonly Optimizer _optimizer;
    readonly Loss _loss = new CrossEntropy();
    readonly Accuracy _accuracy = new();
    readonly OneCycle _schedule = new(10);

    public SteadyStateTests() => _optimizer = new Adam(_model.Parameters)
    {
        GradientTransforms = { new ClipNorm(1), new L2(1e-4), new DecoupledDecay(0.01) },
    };

    [Fact]
    public void A_training_step_allocates_nothing_after_the_second()
    {
        var x = new float[32 * 64];
        var labels = new int[32];
        Step(x, labels, Rows);
        Step(x, labels, Rows);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Step(x, labels, Rows);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void The_short_last_batch_of_every_epoch_allocates_nothing_either()
    {
        float[] x = new float[32 * 64], few = new float[7 * 64];
        int[] labels = new int[32], fewLabels = new int[7];
        for (int i = 0; i < 2; i++)
        {
            Step(x, labels, Rows);
            Step(few, fewLabels, FewRows);
        }
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Step(x, labels, Rows);
            Step(few, fewLabels, FewRows);
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Groups_and_frozen_layers_allocate_nothing()
    {
        _model.Layers[1].Freeze();
        _optimizer.Groups.Add(new(_model.Layers[^1].Parameters, 0.01) { Schedule = new ConstantRate() });
        A_training_step_allocates_nothing_after_the_second();
        _model.Unfreeze();
        A_training_step_allocates_nothing_after_the_second();
    }

    void Step(float[] x, int[] labels, Shape shape)
    {
        using var step = Tape.Begin();
        Tensor target = Tensor.Of(labels), output = _model.Forward(Tensor.Of(x, shape));
        _loss.Compute(output, target).Backward();
        _optimizer.LearningRate = _schedule.Rate(_optimizer.InitialLearningRate, Progress.At(_optimizer.StepCount));
        _optimizer.Step();
        _accuracy.Add(output, target);
    }
}
