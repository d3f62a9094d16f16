namespace Hondo.Data;

/// <summary>How batches are made.</summary>
public sealed record BatchOptions
{
    /// <summary>Samples a batch, 1 or more; the last batch of an epoch may be shorter.</summary>
    public int Size { get; init; } = 128;

    /// <summary>The order of the samples.</summary>
    public BatchOrder Order { get; init; } = BatchOrder.Shuffled;

    /// <summary>The seed of the order and of the transform.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Applied to every sample, after the transform; or null.</summary>
    public Normalization? Normalization { get; init; }

    /// <summary>Changes every sample a little, differently in each epoch (augmentation); or null.</summary>
    public ISampleTransform? Transform { get; init; }

    /// <summary>
    /// Mix the samples of each batch, one after the other; the targets become shares of the classes,
    /// <c>[batch, classes]</c>. They need classes as targets.
    /// </summary>
    public IReadOnlyList<IBatchMix> Mixes { get; init; } = [];

    /// <summary>
    /// Threads that make batches ahead of their use; 0 makes each batch when it is asked for, with the threads
    /// that then train: fastest, unless samples have to be waited for. The batches are the same for any number.
    /// </summary>
    public int Workers { get; init; }
}
