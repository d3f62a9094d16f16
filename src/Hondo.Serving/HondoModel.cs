using Hondo.Data;
using Hondo.Inference;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Ops;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Serving;

/// <summary>
/// A trained model that any number of requests use at once. Samples are given in natural units: what was done to those
/// of the training (<see cref="ModelCard.Normalization"/>) is done here too. Samples that come together are computed
/// together, to the same bits as alone.
/// </summary>
public sealed class HondoModel
{
    readonly MicroBatches _batches;
    readonly Normalization? _normalization;
    readonly Shape? _sample;
    readonly bool _isBinary;

    /// <summary>Makes a model of memory ready.</summary>
    /// <param name="model">The model; it stays as it is.</param>
    /// <param name="card">What it was trained on; null when its samples are used as they are.</param>
    /// <param name="options">How requests are batched.</param>
    /// <exception cref="ArgumentException">The card's normalization is none.</exception>
    public HondoModel(Layer model, ModelCard? card = null, HondoModelOptions? options = null)
    {
        options ??= new();
        Card = card ?? new();
        try
        {
            _normalization = Card.Normalization.Length == 0 ? null : Normalization.Parse(Card.Normalization);
        }
        catch (FormatException error)
        {
            throw new ArgumentException(error.Message, nameof(card), error);
        }
        _sample = options.InputShape ?? Card.InputShape;
        _isBinary = Card.Loss.StartsWith(nameof(BinaryCrossEntropy), StringComparison.Ordinal);
        Predictor = new(model);
        (MaxBatch, _batches) = (options.MaxBatch, new(Predictor, options));
    }

    /// <summary>Reads a model's file.</summary>
    /// <param name="path">What <c>model.Save</c> or <c>hondo train</c> wrote.</param>
    /// <param name="options">How requests are batched.</param>
    /// <exception cref="DataFormatException">The file is missing, damaged or no model.</exception>
    public static HondoModel Load(string path, HondoModelOptions? options = null)
    {
        (Layer model, ModelCard card) = ModelFile.Load(path);
        return new(model, card, options);
    }

    /// <summary>What the file says of the model: names of the classes, shape of a sample, metrics.</summary>
    public ModelCard Card { get; }

    /// <summary>The model itself, for samples that are normalized already.</summary>
    public Predictor Predictor { get; }

    /// <summary>The most samples that are computed together.</summary>
    public int MaxBatch { get; }

    /// <summary>The model's output for one sample.</summary>
    /// <param name="sample">Its numbers, row-major, in natural units; they are copied.</param>
    /// <param name="cancellation">Takes the sample out of the queue.</param>
    /// <returns>The output, without a batch axis.</returns>
    /// <exception cref="ArgumentException">The sample has another length than those of the training.</exception>
    /// <exception cref="ShapeException">It does not fit the model.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before its batch began.</exception>
    public Task<Tensor> PredictAsync(ReadOnlySpan<float> sample, CancellationToken cancellation = default)
    {
        Shape shape = _sample ?? [sample.Length];
        if (shape.Size != sample.Length)
            throw new ArgumentException($"The model takes samples {shape}, which are {shape.Size} numbers, but got "
                + $"{sample.Length}.", nameof(sample));
        return PredictAsync(sample, shape, cancellation);
    }

    /// <inheritdoc cref="PredictAsync(ReadOnlySpan{float}, CancellationToken)"/>
    /// <param name="sample">The sample in its own shape, without a batch axis, in natural units; it is copied.</param>
    /// <param name="cancellation">Takes the sample out of the queue.</param>
    public Task<Tensor> PredictAsync(Tensor sample, CancellationToken cancellation = default) =>
        sample.DType == DType.Float32 && sample.Shape.Rank < Shape.MaxRank
            ? PredictAsync(sample.Values<float>(), sample.Shape, cancellation)
            : throw new ShapeException($"A sample to predict must be Float32 with at most {Shape.MaxRank - 1} axes, "
                + $"but got {sample.DType} {sample.Shape}.");

    Task<Tensor> PredictAsync(ReadOnlySpan<float> sample, Shape shape, CancellationToken cancellation)
    {
        var copy = new Sample(sample);
        _normalization?.Apply(copy.Numbers);
        return _batches.Add(copy, shape, cancellation);
    }

    /// <summary>The class of one sample.</summary>
    /// <returns>The most probable class and the probabilities of all, in the order of the classes; of a model with one
    /// output, trained by binary cross-entropy, those of its two classes.</returns>
    /// <inheritdoc cref="PredictAsync(ReadOnlySpan{float}, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">The model does not classify.</exception>
    public Task<Classification> ClassifyAsync(ReadOnlySpan<float> sample, CancellationToken cancellation = default) =>
        ClassifyAsync(PredictAsync(sample, cancellation));

    async Task<Classification> ClassifyAsync(Task<Tensor> output)
    {
        Tensor scores = await output.ConfigureAwait(false);
        bool isOne = scores.Size == 1 && _isBinary;
        if (scores.Shape.Rank != 1 || scores.Size < 2 && !isOne
            || Card.ClassNames.Count > 0 && Card.ClassNames.Count != (isOne ? 2 : scores.Size))
            throw new InvalidOperationException($"The model gives {scores.Shape} for a sample, which is no score for "
                + $"each of {Math.Max(2, Card.ClassNames.Count)} classes: read its output with PredictAsync.");
        float[] shares = isOne ? [1 - (float)scores.Sigmoid().Item, (float)scores.Sigmoid().Item]
            : scores.Softmax().ToArray<float>();
        int best = Array.IndexOf(shares, shares.Max());
        return new(best, Card.ClassNames.Count > best ? Card.ClassNames[best] : $"{best}", shares);
    }
}

/// <summary>How a service uses a model.</summary>
public sealed class HondoModelOptions
{
    /// <summary>The most samples that are computed together, 1 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int MaxBatch
    {
        get;
        set => field = value >= 1 ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxBatch is a number of samples from 1.");
    } = 64;

    /// <summary>How long a sample waits for others, at most a minute; with zero those that come while others are
    /// computed are the next batch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or above a minute.</exception>
    public TimeSpan MaxDelay
    {
        get;
        set => field = value >= TimeSpan.Zero && value <= TimeSpan.FromMinutes(1) ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxDelay is a time from 0 to one minute.");
    }

    /// <summary>The shape of a sample, when the model's file does not say it.</summary>
    public Shape? InputShape { get; set; }
}

/// <summary>What a classifier says of a sample.</summary>
/// <param name="Label">The number of the most probable class.</param>
/// <param name="Class">Its name.</param>
/// <param name="Probabilities">Those of all classes, in their order.</param>
public sealed record Classification(int Label, string Class, IReadOnlyList<float> Probabilities)
{
    /// <summary>The probability of the most probable class.</summary>
    public double Probability => Probabilities[Label];
}
