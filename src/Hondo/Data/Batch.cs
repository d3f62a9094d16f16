using System.Runtime.ExceptionServices;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// Some samples and their targets, for one step. The tensors are refilled by the next batch: call
/// <see cref="Tensor.Keep"/> on what must stay.
/// </summary>
public readonly struct Batch
{
    readonly ReadOnlyMemory<int> _rows;

    internal Batch(int number, Tensor inputs, Tensor targets, ReadOnlyMemory<int> rows, int weight) =>
        (Number, Inputs, Targets, _rows, Weight) = (number, inputs, targets, rows, weight);

    /// <summary>Which batch of its epoch this is, from 0.</summary>
    public int Number { get; }

    /// <summary>How many samples it has: the batch size, or fewer in the last one.</summary>
    public int Count => _rows.Length;

    /// <summary>How many things it predicts, by which means over batches weigh it: its samples, or the tokens of its
    /// windows.</summary>
    internal int Weight { get; }

    /// <summary>The samples, float32: <c>[batch, height, width, channels]</c> or <c>[batch, features]</c>.</summary>
    public Tensor Inputs { get; }

    /// <summary>The classes, int32 <c>[batch]</c>; or numbers to predict, float32 <c>[batch, outputs]</c>.</summary>
    public Tensor Targets { get; }

    /// <summary>Which rows of the whole data set these are.</summary>
    public ReadOnlySpan<int> Rows => _rows.Span;

    /// <summary>Inputs and targets: <c>foreach (var (images, labels) in batches)</c>.</summary>
    public void Deconstruct(out Tensor inputs, out Tensor targets) => (inputs, targets) = (Inputs, Targets);
}

/// <summary>Memory for one batch, filled by a worker and read by the training loop.</summary>
sealed class BatchBuffer(int inputs, int targets)
{
    public Block Inputs { get; } = Block.Allocate(checked(inputs * sizeof(float)));

    public Block Targets { get; } = Block.Allocate(checked(targets * sizeof(float)));

    /// <summary>Which batch is in it, or −1.</summary>
    public int Number { get; set; } = -1;

    /// <summary>What went wrong while it was filled.</summary>
    public ExceptionDispatchInfo? Failure { get; set; }
}

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

/// <summary>The order in which an epoch goes through the samples.</summary>
public enum BatchOrder
{
    /// <summary>An order of its own for each (seed, epoch): for training.</summary>
    Shuffled,

    /// <summary>As they are stored: for measuring and predicting.</summary>
    AsStored,
}
