using System.Diagnostics;
using Hondo.Data;
using Hondo.Inference;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Metrics;
using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>
/// Measures a model on a data set: in inference mode, without gradients. Kept, it measures again without allocating.
/// </summary>
public sealed class Evaluator
{
    readonly Layer _model;
    readonly Loss _loss;
    readonly IReadOnlyList<IMetric> _metrics;
    readonly Batches _batches;
    readonly RecurrentState? _memory;
    readonly TrainingStep? _step;
    readonly int _first;
    readonly Trainer? _trainer;
    readonly Tape _own = new();

    /// <summary>The model made ready for use, which says the same in less time; null for the model as it is.</summary>
    public Predictor? Predictor { get; init; }

    /// <summary>An evaluator of a model on a data set.</summary>
    /// <param name="model">The model.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="metrics">What else to measure.</param>
    /// <param name="data">The samples.</param>
    /// <param name="normalization">The one that the model was trained with, or null.</param>
    /// <param name="batchSize">Samples a pass; 0 chooses as many as fit their size, 256 at most.</param>
    public Evaluator(Layer model, Loss loss, IReadOnlyList<IMetric> metrics, Dataset data,
        Normalization? normalization = null, int batchSize = 0)
        : this(model, loss, metrics, BatchesOf(data.For(loss), normalization, batchSize)) { }

    /// <summary>An evaluator of what is trained.</summary>
    /// <param name="trainer">Who trains.</param>
    /// <param name="data">The samples.</param>
    /// <param name="first">How many of the model's first layers they have gone through already.</param>
    internal Evaluator(Trainer trainer, Dataset data, int first = 0) : this(trainer.Model, trainer.Loss,
        trainer.Metrics, BatchesOf(trainer.Shaped(data), first > 0 ? null : trainer.Normalization, 0)) =>
        (_step, _first, _trainer) = (trainer.Step is { } step ? new(trainer, step.Act) : null, first, trainer);

    Evaluator(Layer model, Loss loss, IReadOnlyList<IMetric> metrics, Batches batches) =>
        (_model, _loss, _metrics, _batches, _memory) = (model, loss, metrics, batches, batches.MemoryFor(model));

    static Batches BatchesOf(Dataset data, Normalization? normalization, int size) =>
        new(data, new()
        {
            Size = size == 0 ? BatchFor(data.Sample) : size,
            Order = BatchOrder.AsStored,
            Normalization = normalization,
        });

    // A step keeps what every layer makes of its batch: of pictures 256 would need gigabytes.
    const int MostNumbers = 1 << 18, LeastBatch = 16, MostBatch = 256;

    /// <summary>How many samples of a shape to measure at a time.</summary>
    public static int BatchFor(Shape sample) => Math.Clamp(MostNumbers / sample.Size, LeastBatch, MostBatch);

    /// <summary>Goes through the samples once.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Scores Measure(CancellationToken cancellation = default)
    {
        using Activity? span = Telemetry.Span("evaluate");
        _metrics.Reset();
        _step?.Reset();
        _memory?.Clear();
        using var reading = _memory?.Begin() ?? default;
        double sum = 0;
        int samples = 0;
        Tape tape = _trainer?.TakeTape() ?? _own;
        foreach (Batch batch in _batches.Epoch(0, start: 0, cancellation))
        {
            using var step = tape.Open(new(Mode.Inference, 1, 0));
            sum += (_step?.Run(batch, null, tape) ?? Measure(batch)) * batch.Weight;
            samples += batch.Weight;
        }
        _trainer?.GiveBack(tape);
        return new(sum / samples, [.. _step?.Figures ?? _loss.Figures(sum / samples), .. _metrics.Values()], samples);
    }

    double Measure(Batch batch)
    {
        Tensor output = Predictor is null ? _model.ForwardFrom(_first, batch.Inputs)
            : Predictor.Forward(batch.Inputs);
        double loss = _loss.Compute(output, batch.Targets).Item;
        _metrics.Add(output, batch.Targets);
        return loss;
    }
}

/// <summary>Gives a model that reads a text a memory from window to window.</summary>
static class TextMemory
{
    /// <summary>A memory for the streams of a text; null for data whose batches do not follow each other.</summary>
    public static RecurrentState? MemoryFor(this Batches batches, Layer model) =>
        batches.Data.Features.Streams is { Streams: var streams }
            && new RecurrentState(model, streams) is { IsUsed: true } memory ? memory : null;
}
