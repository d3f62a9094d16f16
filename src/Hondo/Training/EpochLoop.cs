using System.Diagnostics;
using Hondo.Data;
using Hondo.Schedules;
using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>The loop of a training: an epoch goes through the training part and then measures the dev part.</summary>
sealed class EpochLoop(Trainer trainer)
{
    readonly Tape _tape = new();

    public void Run(TrainingRun run, Passes passes, CancellationToken cancellation)
    {
        using Activity? span = Telemetry.Span("epoch");
        // A run that goes on in the middle of an epoch has all this from its checkpoint.
        if (run.Epoch == run.History.Count)
        {
            run.BeginEpoch();
            trainer.Metrics.Reset();
            trainer.Step?.Reset();
            run.Memory?.Clear();
        }
        run.Moments.Tell(static (callback, run) => callback.OnEpochBegin(run));
        using var reading = run.Memory?.Begin() ?? default;
        do
        {
            // A callback may have frozen layers, or let them train.
            passes.Begin(cancellation);
            Steps(run, passes, cancellation);
        }
        while (run.StepInEpoch < run.StepsPerEpoch && run.StopReason is null);
        if (run.StopReason is not null && run.StepInEpoch < run.StepsPerEpoch)
            run.Moments.TellLastStep();
        Scores train = new(run.MeanLoss, [.. trainer.Step?.Figures ?? trainer.Loss.Figures(run.MeanLoss),
            .. trainer.Metrics.Values()], run.Samples);
        run.Moments.Tell(static (callback, run) => callback.OnEvaluate(run));
        run.EndEpoch(train, Measure(passes.Dev, cancellation));
        Telemetry.End(span, run.History[^1]);
        Report(run.History[^1]);
        run.Moments.Tell(static (callback, run) => callback.OnEpochEnd(run));
    }

    // To the end of the epoch, or until layers are frozen or unfrozen.
    void Steps(TrainingRun run, Passes passes, CancellationToken cancellation)
    {
        foreach (Batch batch in passes.Batches.Epoch(run.Epoch - 1, run.StepInEpoch, cancellation))
        {
            using var step = _tape.Open(new(Mode.Training, trainer.Seed, run.Step));
            run.EndStep(trainer.Step?.Run(batch, run, _tape) ?? trainer.Learn(batch, passes.First, run, _tape),
                batch.Weight);
            Telemetry.Step(run, batch.Weight);
            run.Moments.TellStepEnd();
            if (run.StopReason is not null || passes.HaveChanged)
                break;
        }
    }

    // The metrics are those of the training part again when measuring is cancelled: the checkpoint keeps their sums.
    Scores? Measure(Evaluator? dev, CancellationToken cancellation)
    {
        IReadOnlyList<double>[] sums = trainer.Metrics.Sums();
        try
        {
            return dev?.Measure(cancellation);
        }
        catch (OperationCanceledException)
        {
            trainer.Metrics.Restore(sums);
            throw;
        }
    }

    public void Report(EpochRecord epoch) => (trainer.Schedule as Plateau)?.Report((epoch.Dev ?? epoch.Train).Loss);

    public static void End(TrainingRun run)
    {
        run.Moments.TellLastStep();
        run.Moments.Tell(static (callback, run) => callback.OnTrainEnd(run));
    }
}
