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
    Tape? _measuring;

    /// <summary>A trainer of a model.</summary>
    /// <param name="model">What is trained.</param>
    /// <param name="loss">What is to become small.</param>
    /// <param name="optimizer">What changes the parameters: it was made of <c>model.Parameters</c>.</param>
    public Trainer(Layer model, Loss loss, Optimizer optimizer) =>
        (Model, Loss, Optimizers, Metrics) = (model, loss, [optimizer], loss.Metrics());

    /// <summary>
    /// A trainer with a step of one's own: any inputs and outputs, any number of losses and optimizers (VAE, GAN,
    /// several tasks, contrastive losses), with everything else as always.
    /// </summary>
    /// <param name="model">What is trained, measured and saved: all layers that the step uses.</param>
    /// <param name="step">
    /// What is done with a batch. It calls <see cref="TrainingStep.Minimize"/> for each loss, and runs for the dev part
    /// too, where that changes nothing.
    /// </param>
    /// <param name="optimizers">One, or one for each part of the model.</param>
    /// <exception cref="ArgumentException">There is no optimizer.</exception>
    public Trainer(Layer model, Action<TrainingStep> step, params Optimizer[] optimizers)
    {
        (Model, Loss, Optimizers, Metrics) = (model, new LossOfStep(), [.. optimizers], []);
        Step = new(this, step);
        if (Optimizers.Count == 0)
            throw new ArgumentException("A trainer needs an optimizer: new Adam(model.Parameters).",
                nameof(optimizers));
    }

    /// <summary>The same model, loss or step, and optimizers, for a trial.</summary>
    internal Trainer(Trainer other)
    {
        (Model, Loss, Optimizers, Metrics) = (other.Model, other.Loss, other.Optimizers, []);
        Step = other.Step is null ? null : new(this, other.Step.Act);
        Progress = null;
    }

    /// <summary>What is trained.</summary>
    public Layer Model { get; }

    /// <summary>What is to become small; of a step of one's own, the sum of what it minimizes.</summary>
    public Loss Loss { get; }

    /// <summary>What changes the parameters; the first, if there are several.</summary>
    public Optimizer Optimizer => Optimizers[0];

    /// <summary>All that change parameters.</summary>
    public IReadOnlyList<Optimizer> Optimizers { get; }

    /// <summary>The step of one's own, if there is one.</summary>
    internal TrainingStep? Step { get; }

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

    /// <summary>
    /// Where <see cref="Fit(DataSplits, CancellationToken)"/> writes a line for each epoch: standard error when that
    /// is a terminal that somebody looks at, else nowhere. <c>Progress = null</c> is silence, <c>Progress =
    /// Console.Out</c> writes into files too.
    /// </summary>
    public TextWriter? Progress { get; init; } = ProgressLines.Terminal;

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
        var passes = new Passes(this, data);
        var run = new TrainingRun(this, data, passes.Batches) { Cancellation = cancellation };
        if (Epochs < 1 || BatchSize < 1 || Accumulate < 1)
            throw new InvalidOperationException($"Epochs ({Epochs}), BatchSize ({BatchSize}) and Accumulate "
                + $"({Accumulate}) must be 1 or more.");
        using Activity? span = Telemetry.Span("run");
        List<Finding> noticed = PartRules.Check(data);
        resume?.Restore(run);
        var loop = new EpochLoop(this);
        for (int i = 0; i < run.History.Count; i++)
            loop.Report(run.History[i]);
        run.Moments.Tell(static (callback, run) => callback.OnTrainBegin(run));
        run.Begin(resume is null ? noticed : []);
        if (RegisterWidth.Advice is { } advice)
            run.Warn(advice);
        resume?.RestoreCallbacks(run);
        bool hasEnded = false;
        try
        {
            while (run.History.Count < Epochs && run.StopReason is null)
                loop.Run(run, passes, cancellation);
            run.History.StopReason = run.StopReason;
            hasEnded = true;
            EpochLoop.End(run);
            return run.History;
        }
        catch (OperationCanceledException error)
        {
            throw TrainingCanceledException.After(run, hasEnded ? null : EpochLoop.End, error, cancellation);
        }
    }

    /// <summary>Measures the model on a data set: in inference mode, loss and metrics.</summary>
    public Scores Evaluate(Dataset data, CancellationToken cancellation = default) =>
        new Evaluator(this, data).Measure(cancellation);

    /// <summary>Memory to measure in, the same for all parts; other memory while it is taken.</summary>
    internal Tape TakeTape() => Interlocked.Exchange(ref _measuring, null) ?? new();

    /// <summary>Gives the memory back.</summary>
    internal void GiveBack(Tape tape) => _measuring = tape;

    /// <summary>The data in the form that the loss compares with; a step of one's own takes it as it is.</summary>
    internal Dataset Shaped(Dataset data) => Step is null ? data.For(Loss) : data;
}
