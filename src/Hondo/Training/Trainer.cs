using System.Diagnostics;
using Hondo.Data;
using Hondo.Findings;
using Hondo.Kernels;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Metrics;
using Hondo.Optimizers;
using Hondo.Schedules;
using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>
/// Trains a model: the loop that one would write by hand, and around it metrics, schedule, guards and callbacks.
/// A run is a function of data, model, settings and seed: the same bits on any machine and any number of threads.
/// </summary>
/// <example><code>
/// var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters)) { Epochs = 5 };
/// History history = trainer.Fit(Datasets.Digits());
/// </code></example>
public sealed class Trainer
{
    readonly Tape _tape = new();

    /// <summary>A trainer of a model.</summary>
    /// <param name="model">What is trained.</param>
    /// <param name="loss">What is to become small.</param>
    /// <param name="optimizer">What changes the parameters: it was made of <c>model.Parameters</c>.</param>
    public Trainer(Layer model, Loss loss, Optimizer optimizer) =>
        (Model, Loss, Optimizer, Metrics) = (model, loss, optimizer, loss.Metrics());

    /// <summary>What is trained.</summary>
    public Layer Model { get; }

    /// <summary>What is to become small.</summary>
    public Loss Loss { get; }

    /// <summary>What changes the parameters.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>
    /// Numbers to follow beside the loss, the loss's own when not given. Those of the training part come from the
    /// outputs that it is trained by: no second pass.
    /// </summary>
    public IReadOnlyList<IMetric> Metrics { get; init; }

    /// <summary>What else is done during training.</summary>
    public IReadOnlyList<Callback> Callbacks { get; init; } = [];

    /// <summary>The learning rate in the course of training; constant when null.</summary>
    public ISchedule? Schedule { get; init; }

    /// <summary>How often the training part is gone through, 1 or more.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Samples a step, 1 or more.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>
    /// Batches whose gradients make one update, 1 or more: 4 batches of 32 learn as one of 128, in a quarter of the
    /// memory.
    /// </summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>What the order of the samples, dropout and augmentation depend on.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Applied to the samples of every part, or null.</summary>
    public Normalization? Normalization { get; init; }

    /// <summary>Changes each training sample a little (augmentation), or null.</summary>
    public ISampleTransform? Transform { get; init; }

    /// <summary>Mix the samples of each training batch, and their classes.</summary>
    public IReadOnlyList<IBatchMix> Mixes { get; init; } = [];

    /// <summary>Trains on the training part; after each epoch the dev part, if any, is evaluated.</summary>
    /// <returns>The course of the loss and the metrics.</returns>
    /// <exception cref="NonFiniteException">The loss or a gradient is NaN or infinite.</exception>
    /// <exception cref="DataFormatException">Samples of the test part are in the training part.</exception>
    /// <exception cref="TrainingCanceledException">It was cancelled after a whole step; the exception has the course so
    /// far.</exception>
    public History Fit(DataSplits data, CancellationToken cancellation = default) => Fit(data, null, cancellation);

    /// <summary>Goes on where a checkpoint was made, to the same bits as a training that never stopped.</summary>
    /// <param name="data">The same data.</param>
    /// <param name="resume">The checkpoint, of the same model, optimizer and settings; null to begin anew.</param>
    /// <param name="cancellation">Ends the training after a whole step.</param>
    /// <inheritdoc cref="Fit(DataSplits, CancellationToken)"/>
    /// <exception cref="DataFormatException">The checkpoint is damaged or belongs to another run.</exception>
    public History Fit(DataSplits data, RunCheckpoint? resume, CancellationToken cancellation = default)
    {
        Batches batches = this.BatchesOf(data.Train);
        Evaluator? dev = data.Dev is null ? null : new(Model, Loss, Metrics, data.Dev, Normalization);
        var run = new TrainingRun(this, data, batches) { Cancellation = cancellation };
        if (Epochs < 1 || BatchSize < 1 || Accumulate < 1)
            throw new InvalidOperationException($"Epochs ({Epochs}), BatchSize ({BatchSize}) and Accumulate "
                + $"({Accumulate}) must be 1 or more.");
        using Activity? span = Telemetry.Span("run");
        List<Finding> noticed = PartRules.Check(data);
        resume?.Restore(run);
        for (int i = 0; i < run.History.Count; i++)
            Report(run.History[i]);
        run.Moments.Tell(static (callback, run) => callback.OnTrainBegin(run));
        run.Begin(resume is null ? noticed : []);
        if (RegisterWidth.Advice is { } advice)
            run.Warn(advice);
        resume?.RestoreCallbacks(run);
        bool hasEnded = false;
        try
        {
            while (run.History.Count < Epochs && run.StopReason is null)
                Fit(run, batches, dev, cancellation);
            run.History.StopReason = run.StopReason;
            hasEnded = true;
            End(run);
            return run.History;
        }
        catch (OperationCanceledException error)
        {
            throw TrainingCanceledException.After(run, hasEnded ? null : End, error, cancellation);
        }
    }

    /// <summary>Measures the model on a data set: in inference mode, loss and metrics.</summary>
    public Scores Evaluate(Dataset data, CancellationToken cancellation = default) =>
        new Evaluator(Model, Loss, Metrics, data, Normalization).Measure(cancellation);

    void Fit(TrainingRun run, Batches batches, Evaluator? dev, CancellationToken cancellation)
    {
        using Activity? span = Telemetry.Span("epoch");
        // A run that goes on in the middle of an epoch has all this from its checkpoint.
        if (run.Epoch == run.History.Count)
        {
            run.BeginEpoch();
            Metrics.Reset();
            run.Memory?.Clear();
        }
        run.Moments.Tell(static (callback, run) => callback.OnEpochBegin(run));
        using var reading = run.Memory?.Begin() ?? default;
        foreach (Batch batch in batches.Epoch(run.Epoch - 1, run.StepInEpoch, cancellation))
        {
            using var step = _tape.Open(new(Mode.Training, Seed, run.Step));
            Tensor output = Model.Forward(batch.Inputs);
            Tensor loss = Loss.Compute(output, batch.Targets);
            run.See(_tape, output);
            NonFinite.CheckLoss(loss, batch, run, _tape);
            this.Learn(loss, batch, run, _tape);
            Metrics.Add(output, batch.Targets);
            run.EndStep(loss.Item, batch.Weight);
            Telemetry.Step(run, batch.Weight);
            run.Moments.TellStepEnd();
            if (run.StopReason is not null)
                break;
        }
        if (run.StopReason is not null && run.StepInEpoch < run.StepsPerEpoch)
            run.Moments.TellLastStep();
        Scores train = new(run.MeanLoss, [.. Loss.Figures(run.MeanLoss), .. Metrics.Values()], run.Samples);
        run.Moments.Tell(static (callback, run) => callback.OnEvaluate(run));
        run.EndEpoch(train, Measure(dev, cancellation));
        Telemetry.End(span, run.History[^1]);
        Report(run.History[^1]);
        run.Moments.Tell(static (callback, run) => callback.OnEpochEnd(run));
    }

    // The metrics are those of the training part again when measuring is cancelled: the checkpoint keeps their sums.
    Scores? Measure(Evaluator? dev, CancellationToken cancellation)
    {
        IReadOnlyList<double>[] sums = Metrics.Sums();
        try
        {
            return dev?.Measure(cancellation);
        }
        catch (OperationCanceledException)
        {
            Metrics.Restore(sums);
            throw;
        }
    }

    void Report(EpochRecord epoch) => (Schedule as Plateau)?.Report((epoch.Dev ?? epoch.Train).Loss);

    static void End(TrainingRun run)
    {
        run.Moments.TellLastStep();
        run.Moments.Tell(static (callback, run) => callback.OnTrainEnd(run));
    }
}
