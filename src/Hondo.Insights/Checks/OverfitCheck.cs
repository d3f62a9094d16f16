using System.Globalization;

namespace Hondo.Training;

/// <summary>
/// Trains on one batch again and again: a model that cannot learn even this by heart is broken, and no data will mend
/// it (Karpathy 2019, "A recipe for training neural networks"). Model and optimizer are afterwards as before.
/// </summary>
public sealed class OverfitCheck
{
    const int BetweenLooks = 10;

    readonly Trainer _trainer;
    readonly Batch _batch;
    readonly TrainingStep? _step;
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
        Batch batch = first.Current;
        _batch = new(0, batch.Inputs.Keep(), batch.Targets.Keep(), batch.Rows.ToArray(), batch.Weight);
        _step = trainer.Step is { } step ? new(trainer, step.Act) : null;
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
        foreach (Optimizer optimizer in _trainer.Optimizers)
            optimizer.LearningRate = optimizer.InitialLearningRate;
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
        if (_step is not null)
        {
            _step.Run(_batch, null, _tape);
            return;
        }
        _trainer.Loss.Compute(_trainer.Model.Forward(_batch.Inputs), _batch.Targets).Backward();
        _trainer.Optimizer.Step();
    }

    OverfitResult Measure(int steps, OverfitResult start)
    {
        _memory?.Clear();
        using var reading = _memory?.Begin() ?? default;
        using var step = _tape.Open(new(Mode.Inference, _trainer.Seed, 0));
        _trainer.Metrics.Reset();
        double loss = _step?.Run(_batch, null, _tape) ?? Measure();
        double accuracy = _trainer.Metrics.Values().Where(value => value.Name == "accuracy")
            .Select(value => value.Value).DefaultIfEmpty(double.NaN).First();
        return new(_batch.Count, steps, steps == 0 ? loss : start.FirstLoss, loss, accuracy);
    }

    double Measure()
    {
        Tensor output = _trainer.Model.Forward(_batch.Inputs);
        _trainer.Metrics.Add(output, _batch.Targets);
        return _trainer.Loss.Compute(output, _batch.Targets).Item;
    }
}

/// <summary>How well a model learnt one batch by heart.</summary>
/// <param name="Samples">How many samples the batch has.</param>
/// <param name="Steps">How many updates there were.</param>
/// <param name="FirstLoss">The loss before them, in inference mode.</param>
/// <param name="Loss">The loss after them, in inference mode.</param>
/// <param name="Accuracy">The share of right answers after them; NaN where none is measured.</param>
public readonly record struct OverfitResult(int Samples, int Steps, double FirstLoss, double Loss, double Accuracy)
{
    // So little of the first loss is as good as nothing; some losses never reach 0, but then all answers are right.
    const double Nothing = 0.02, Little = 0.5;

    /// <summary>True when the batch is known by heart: the loss is nearly 0, or every answer is right.</summary>
    public bool IsByHeart => Steps > 0
        && (Loss <= Nothing * FirstLoss || (Accuracy == 1 && Loss <= Little * FirstLoss));

    /// <summary>Whether the model can learn at all, in words, with what to look for where it cannot.</summary>
    public override string ToString()
    {
        string course = string.Create(CultureInfo.InvariantCulture, $"On one batch of {Samples} samples the loss went "
            + $"from {ScoreText.Of(FirstLoss)} to {ScoreText.Of(Loss)} in {Steps} steps")
            + (double.IsNaN(Accuracy) ? "" : $", the accuracy to {ScoreText.Of(Accuracy)}");
        return IsByHeart ? $"This model can learn. {course}: it knows them by heart."
            : !double.IsFinite(Loss) ? $"The learning rate is too high. {course}. Divide it by 10."
            : Loss <= Little * FirstLoss
                ? $"This model learns, but slowly. {course}. Try a higher learning rate (--find-rate), or more units."
            : $"This model cannot learn. {course}: not even these are known by heart. Look for inputs that do not "
                + "belong to their targets, a softmax before a loss that has one, layers that are frozen or saturated, "
                + "and a learning rate that is far off (--find-rate).";
    }
}

