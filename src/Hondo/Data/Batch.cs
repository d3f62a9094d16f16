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
