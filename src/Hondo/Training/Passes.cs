using Hondo.Data;
using Hondo.Inference;
using Hondo.Layers;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>
/// What an epoch goes through: the training part in batches, then the dev part. When a model begins with frozen layers
/// and nothing changes the samples from epoch to epoch, these layers make the same of each sample every time: that is
/// computed once and kept, and only the layers behind them run.
/// </summary>
sealed class Passes
{
    // Kept features may take so much memory; of more samples they are computed in each epoch.
    const long MostBytes = 1L << 30;

    readonly Trainer _trainer;
    readonly DataSplits _data;
    readonly Batches _batches;
    readonly Evaluator? _dev;

    // The parameters of each layer but the last, as far as layers make the same of a sample each time.
    readonly Parameter[][] _layers;
    int _frozen;

    public Passes(Trainer trainer, DataSplits data)
    {
        (_trainer, _data) = (trainer, data);
        Batches = _batches = trainer.BatchesOf(data.Train);
        Dev = _dev = data.Dev is null ? null : new(trainer, data.Dev);
        bool changes = trainer.Step is not null || trainer.Transform is not null || trainer.Mixes.Count > 0
            || data.Train.Features.Streams is not null;
        _layers = changes || trainer.Model is not Sequential layers ? []
            : [.. layers.Take(layers.Count - 1).TakeWhile(IsSteady).Select(layer => layer.Parameters.ToArray())];
    }

    /// <summary>How many of the model's first layers the parts have gone through already.</summary>
    public int First { get; private set; }

    /// <summary>The training part.</summary>
    public Batches Batches { get; private set; }

    /// <summary>The dev part, or null.</summary>
    public Evaluator? Dev { get; private set; }

    /// <summary>True when layers were frozen or unfrozen since <see cref="Begin"/>.</summary>
    public bool HaveChanged => FrozenLayers() != _frozen;

    /// <summary>Looks which layers are frozen now.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Begin(CancellationToken cancellation)
    {
        if (!HaveChanged)
            return;
        _frozen = FrozenLayers();
        if (_frozen > 0 && Features(_frozen, cancellation) is { } features)
            (First, Batches, Dev) = (_frozen, features.Batches, features.Dev);
        else
            (First, Batches, Dev) = (0, _batches, _dev);
    }

    // Layers without parameters among frozen ones and behind them are as good as frozen.
    int FrozenLayers()
    {
        bool hasFrozen = false;
        for (int i = 0; i < _layers.Length; i++)
        {
            foreach (Parameter parameter in _layers[i])
                if (parameter.IsTrainable)
                    return hasFrozen ? i : 0;
            hasFrozen |= _layers[i].Length > 0;
        }
        return hasFrozen ? _layers.Length : 0;
    }

    // What draws, remembers, or may do either, is asked each time.
    static bool IsSteady(Layer layer) => layer.Layers.All(inner =>
        OtherPackages.AreWith(inner.GetType().Assembly) && !inner.MayDraw && inner is not IStateful);

    (Batches Batches, Evaluator? Dev)? Features(int first, CancellationToken cancellation)
    {
        var kept = new FrozenFeatures(((Sequential)_trainer.Model)[..first], _trainer.Normalization);
        long samples = _data.Train.Features.Count + (_data.Dev?.Features.Count ?? 0);
        if (samples * kept.ShapeOf(_data.Train).Size * sizeof(float) > MostBytes)
            return null;
        Batches batches = _trainer.BatchesOf(kept.Of(_data.Train, cancellation), isNormalized: true);
        return (batches, _data.Dev is null ? null : new(_trainer, kept.Of(_data.Dev, cancellation), first));
    }
}

/// <summary>What frozen layers make of samples.</summary>
sealed class FrozenFeatures(Sequential layers, Normalization? normalization)
{
    readonly Predictor _predictor = new(layers);
    readonly Dictionary<Features, float[]> _kept = [];
    Shape? _shape;

    /// <summary>The shape of what they make of a sample.</summary>
    public Shape ShapeOf(Dataset data) =>
        _shape ??= Forward(Batches(data.Take(1)).Epoch(0).First().Inputs).Shape.Without(0);

    /// <summary>The samples of a part in this form, with its targets, in its order.</summary>
    public Dataset Of(Dataset part, CancellationToken cancellation)
    {
        Shape shape = ShapeOf(part);
        // Parts share their storage, and keep the rows that they have there.
        if (!_kept.TryGetValue(part.Features, out float[]? numbers))
            _kept[part.Features] = numbers = new float[checked(part.Features.Count * shape.Size)];
        foreach (Batch batch in Batches(part).Epoch(0, 0, cancellation))
        {
            ReadOnlySpan<float> made = Forward(batch.Inputs).Values<float>();
            for (int i = 0; i < batch.Count; i++)
                made.Slice(i * shape.Size, shape.Size).CopyTo(numbers.AsSpan(batch.Rows[i] * shape.Size));
        }
        var whole = new Dataset(part.Name, new FloatFeatures(numbers, shape), part.Targets);
        return whole.Part(part.Name, [.. Enumerable.Range(0, part.Count).Select(part.Row)]);
    }

    Tensor Forward(Tensor inputs) => _predictor.Forward(inputs);

    Batches Batches(Dataset data) => new(data, new()
    {
        Size = Evaluator.BatchFor(data.Sample),
        Order = BatchOrder.AsStored,
        Normalization = normalization,
    });
}
