using Hondo.Data;
using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>
/// Trains on one batch again and again: a model that cannot learn even this by heart is broken, and no data will mend
/// it (Karpathy 2019, "A recipe for training neural networks"). Model and optimizer are afterwards as before.
/// </summary>
public sealed class OverfitCheck
{
    const int BetweenLooks = 10;

    readonly Trainer _trainer;
    readonly Tensor _inputs, _targets;
    readonly RecurrentState? _memory;
    readonly Tape _tape = new();

    OverfitCheck(Trainer trainer, DataSplits data)
    {
        // As they are, without augmentation: what changes each time cannot be learnt by heart.
        var batches = new Batches(data.Train, new()
        {
            Size = trainer.BatchSize,
            Seed = trainer.Seed,
            Normalization = trainer.Normalization,
        });
        using BatchSequence.Enumerator first = batches.Epoch(0).GetEnumerator();
        first.MoveNext();
        (_trainer, _memory) = (trainer, batches.MemoryFor(trainer.Model));
        (_inputs, _targets) = (first.Current.Inputs.Keep(), first.Current.Targets.Keep());
    }

    /// <summary>Trains on the first batch until it is known by heart, or the steps are over.</summary>
    /// <param name="trainer">Whose model, loss, optimizer and batch size are used.</param>
    /// <param name="data">The data; only a batch of the training part is used.</param>
    /// <param name="steps">How many updates at most, 10 or more.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public static OverfitResult Run(Trainer trainer, DataSplits data, int steps = 1000,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, BetweenLooks);
        using var rehearsal = new TrialRun(trainer);
        return new OverfitCheck(trainer, data).Run(steps, cancellation);
    }

    OverfitResult Run(int steps, CancellationToken cancellation)
    {
        _trainer.Optimizer.LearningRate = _trainer.Optimizer.InitialLearningRate;
        OverfitResult start = Measure(0, default), now = start;
        for (int step = 1; step <= steps && !now.IsByHeart && double.IsFinite(now.Loss); step++)
        {
            cancellation.ThrowIfCancellationRequested();
            Learn(step);
            if (step % BetweenLooks == 0)
                now = Measure(step, start);
        }
        return now;
    }

    void Learn(long number)
    {
        _memory?.Clear();
        using var reading = _memory?.Begin() ?? default;
        using var step = _tape.Open(new(Mode.Training, _trainer.Seed, number));
        _trainer.Loss.Compute(_trainer.Model.Forward(_inputs), _targets).Backward();
        _trainer.Optimizer.Step();
    }

    OverfitResult Measure(int steps, OverfitResult start)
    {
        _memory?.Clear();
        using var reading = _memory?.Begin() ?? default;
        using var step = _tape.Open(new(Mode.Inference, _trainer.Seed, 0));
        Tensor output = _trainer.Model.Forward(_inputs);
        _trainer.Metrics.Reset();
        _trainer.Metrics.Add(output, _targets);
        double accuracy = _trainer.Metrics.Values().Where(value => value.Name == "accuracy")
            .Select(value => value.Value).DefaultIfEmpty(double.NaN).First();
        double loss = _trainer.Loss.Compute(output, _targets).Item;
        return new(_inputs.Shape[0], steps, steps == 0 ? loss : start.FirstLoss, loss, accuracy);
    }
}
