using Hondo.Data;
using Hondo.Ops;
using Hondo.Optimizers;
using Hondo.Schedules;
using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>What a step learns from its batch.</summary>
static class Learning
{
    /// <summary>The usual step: one output, one loss, one optimizer.</summary>
    /// <param name="trainer">Who trains.</param>
    /// <param name="batch">The samples.</param>
    /// <param name="first">How many of the model's first layers they have gone through already.</param>
    /// <param name="run">The training.</param>
    /// <param name="tape">What records the step.</param>
    public static double Learn(this Trainer trainer, Batch batch, int first, TrainingRun run, Tape tape)
    {
        Tensor output = trainer.Model.ForwardFrom(first, batch.Inputs);
        Tensor loss = trainer.Loss.Compute(output, batch.Targets);
        run.See(tape, output);
        NonFinite.CheckLoss(loss, batch, run, tape);
        trainer.Learn(loss, trainer.Optimizer, batch, run, tape);
        trainer.Metrics.Add(output, batch.Targets);
        return loss.Item;
    }

    // Gradients of several batches add up to those of one large batch: each counts by its share of the samples.
    public static void Learn(this Trainer trainer, Tensor loss, Optimizer optimizer, Batch batch, TrainingRun run,
        Tape tape)
    {
        int accumulate = trainer.Accumulate, place = batch.Number % accumulate, first = batch.Number - place;
        int samples = (int)Math.Min((long)accumulate * run.BatchSize, run.Data.Train.Count - first * run.BatchSize);
        if (batch.Count < samples)
            loss = loss * Tensor.Scalar((float)batch.Count / samples);
        loss.Backward(place == 0 ? BackwardOptions.None : BackwardOptions.Accumulate);
        NonFinite.CheckGradients(loss, optimizer, batch, run, tape);
        if (place < accumulate - 1 && run.StepInEpoch < run.StepsPerEpoch - 1)
            return;
        SetRate(trainer, optimizer, run);
        for (int i = 0; i < trainer.Callbacks.Count && optimizer == trainer.Optimizer; i++)
            trainer.Callbacks[i].OnGradients(run);
        optimizer.Step();
    }

    /// <summary>The rate that was set by hand; of several optimizers the rates keep their proportions.</summary>
    public static double? RateByHandOf(this TrainingRun run, Optimizer optimizer) =>
        run.RateByHand is { } rate && optimizer != run.Optimizer
            ? rate * optimizer.InitialLearningRate / run.Optimizer.InitialLearningRate
            : run.RateByHand;

    /// <summary>The batches that the trainer trains on.</summary>
    public static Batches BatchesOf(this Trainer trainer, Dataset data, bool isNormalized = false)
    {
        // What mixes classes makes shares of them itself.
        Dataset shaped = trainer.Mixes.Count > 0 ? data : trainer.Shaped(data);
        return new(shaped, new()
        {
            Size = trainer.BatchSize,
            Seed = trainer.Seed,
            Normalization = isNormalized ? null : trainer.Normalization,
            Transform = trainer.Transform,
            Mixes = trainer.Mixes,
        });
    }

    // The rates of the update to come; a group has its own peak, and perhaps its own schedule.
    static void SetRate(Trainer trainer, Optimizer optimizer, TrainingRun run)
    {
        var progress = new Progress(run.Epoch - 1 + (double)run.StepInEpoch / run.StepsPerEpoch, optimizer.StepCount);
        if (trainer.Schedule is { } schedule)
        {
            optimizer.LearningRate =
                run.RateByHandOf(optimizer) ?? schedule.Rate(optimizer.InitialLearningRate, progress);
            if (schedule is IMomentumSchedule momentum && optimizer is IMomentum moving
                && double.IsFinite(momentum.Momentum(progress)))
                moving.Beta = momentum.Momentum(progress);
        }
        for (int i = 0; i < optimizer.Groups.Count && run.RateByHand is null; i++)
            if ((optimizer.Groups[i].Schedule ?? trainer.Schedule) is { } own)
                optimizer.Groups[i].LearningRate = own.Rate(optimizer.Groups[i].InitialLearningRate, progress);
    }
}
