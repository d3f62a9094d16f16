using Hondo.Layers;
using Hondo.Models;
using Hondo.Tensors;

namespace Hondo.Inference;

/// <summary>
/// A model made ready for use: batch norms are folded into the weights, the weights packed, and convolution, bias,
/// addition and ReLU are one pass over memory that is used again in each call. Networks of convolutions, poolings,
/// residual blocks, branches and linear layers are run so; any other model layer by layer. A sample's result depends
/// neither on the rest of its batch, nor on the number of threads, nor on the SIMD width, and is the model's own up to
/// rounding.
/// </summary>
/// <remarks>
/// One predictor serves any number of threads: each call has working memory of its own, from a pool, and its result is
/// nobody else's. A model that carries a memory from call to call is the exception: it belongs to one reader. After the
/// weights have changed make another predictor.
/// </remarks>
public sealed class Predictor
{
    const int MostShapes = 8;

    readonly Layer _model;
    readonly Lock _gate = new();
    readonly MicroBatches _batches;
    volatile PreparedModel[] _known = [];

    /// <summary>Makes a model ready.</summary>
    /// <param name="model">The model; it stays as it is.</param>
    public Predictor(Layer model)
    {
        _model = model.Folded();
        // Named and drawn here, so that no two threads do it at once.
        _ = _model.Parameters;
        _batches = new(this);
    }

    /// <summary>The most samples that <see cref="PredictAsync"/> runs together, from 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int MaxBatch
    {
        get => _batches.MaxBatch;
        init => _batches.MaxBatch = value >= 1 ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxBatch is a number of samples from 1.");
    }

    /// <summary>
    /// How long <see cref="PredictAsync"/> waits for more samples when it has fewer than <see cref="MaxBatch"/>. With
    /// zero it never waits: samples that come while others are computed are the next batch.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or above a minute.</exception>
    public TimeSpan MaxDelay
    {
        get => _batches.MaxDelay;
        init => _batches.MaxDelay = value >= TimeSpan.Zero && value <= TimeSpan.FromMinutes(1) ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxDelay is a time from 0 to one minute.");
    }

    /// <summary>The model's output for a batch, in memory of its own.</summary>
    /// <param name="x">[batch, ..]</param>
    /// <exception cref="ShapeException">The input does not fit.</exception>
    public Tensor Forward(Tensor x) => Find(x) is { } known ? known.Run(x) : Prepare(x);

    /// <summary>
    /// The model's output for one sample, computed together with those of other callers: the same bits as alone.
    /// </summary>
    /// <param name="sample">The sample, without a batch axis; it must not change until the result is there.</param>
    /// <param name="cancellation">Takes the sample out of the queue.</param>
    /// <returns>The output, without a batch axis.</returns>
    /// <exception cref="ShapeException">The input does not fit.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before its batch began.</exception>
    public Task<Tensor> PredictAsync(Tensor sample, CancellationToken cancellation = default) =>
        sample.DType == DType.Float32 && sample.Shape.Rank < Shape.MaxRank
            ? _batches.Add(new(sample), sample.Shape, cancellation)
            : throw new ShapeException($"A sample to predict must be Float32 with at most {Shape.MaxRank - 1} axes, "
                + $"but got {sample.DType} {sample.Shape}.");

    /// <summary>The same of a copy of numbers, which is given back when the batch has it.</summary>
    internal Task<Tensor> PredictCopyAsync(Sample copy, Shape shape, CancellationToken cancellation) =>
        _batches.Add(copy, shape, cancellation);

    /// <summary>The model's output for a batch in memory of the caller's: nothing is allocated.</summary>
    /// <param name="x">[batch, ..]</param>
    /// <param name="into">As large as the output; made outside of steps, and nobody else's meanwhile.</param>
    /// <exception cref="ShapeException">The input does not fit, or the output does not fit into the memory.</exception>
    public void Forward(Tensor x, Tensor into)
    {
        if (into.Node is not Leaf leaf)
            throw new ArgumentException("The memory for a predictor's output must be made outside of steps, with "
                + "Tensor.Zeros.", nameof(into));
        if (Find(x) is { } known)
        {
            known.Run(x, leaf);
            return;
        }
        Tensor y = Prepare(x);
        PreparedModel.Require(y.Shape, y.DType, leaf);
        y.Node.Value.Bytes.CopyTo(leaf.Value.Bytes);
    }

    PreparedModel? Find(Tensor x)
    {
        foreach (PreparedModel known in _known)
            if (known.Takes(x))
                return known;
        return null;
    }

    /// <summary>True when batches of any number of such samples run alike; else each number of them is made ready by
    /// itself.</summary>
    internal bool TakesAnyNumber(Shape sample)
    {
        foreach (PreparedModel known in _known)
            if (known.IsPlanned && known.TakesSamples(sample))
                return true;
        return false;
    }

    Tensor Prepare(Tensor x)
    {
        // The model itself checks the shapes, with its own words.
        Tensor y = _model.Forward(x);
        if (x.DType != DType.Float32 || x.Shape.Rank == 0 || x.Shape[0] == 0)
            return y;
        PreparedModel? prepared = null;
        lock (_gate)
        {
            prepared = Array.Find(_known, known => known.Takes(x));
            if (prepared is null)
            {
                prepared = new(_model, x.Shape, y.Shape, y.DType);
                _known = [.. _known.Length == MostShapes ? _known[1..] : _known, prepared];
            }
        }
        return prepared.Run(x);
    }
}
