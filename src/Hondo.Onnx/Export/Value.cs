using System.Globalization;
using Hondo.Tensors;

namespace Hondo.Onnx.Export;

/// <summary>The length of an axis: a number, or so many times the size of the batch.</summary>
/// <param name="Length">The length, or how many for each sample.</param>
/// <param name="IsBatch">True for a multiple of the batch.</param>
readonly record struct Dim(int Length, bool IsBatch = false)
{
    /// <summary>An axis of a known length.</summary>
    public static implicit operator Dim(int length) => new(length);

    /// <summary>The axis of length 1.</summary>
    public bool IsOne => this == new Dim(1);

    /// <summary>What the file calls it.</summary>
    public string Text(string batch) => !IsBatch ? Length.ToString(CultureInfo.InvariantCulture)
        : Length == 1 ? batch : string.Create(CultureInfo.InvariantCulture, $"{Length}*{batch}");
}

/// <summary>
/// A tensor of the recording as it lies in the file. Its axes may lie in another order there: then nothing is moved,
/// and the next op names its axes accordingly.
/// </summary>
sealed record Value
{
    /// <summary>Its name, or null for numbers that no node has asked for yet.</summary>
    public string? Name { get; init; }

    /// <summary>The axes as the file has them.</summary>
    public required Dim[] Dims { get; init; }

    /// <summary>Axis i of the file is axis Order[i] of the recording.</summary>
    public required int[] Order { get; init; }

    /// <summary>The type of its numbers; whole numbers have 64 bits in the file.</summary>
    public required DType Type { get; init; }

    /// <summary>True for truth values, which comparisons give and choices take.</summary>
    public bool IsTruth { get; init; }

    /// <summary>
    /// [height, width, channels] where the rows are flattened images, whose numbers lie channel by channel in the file
    /// but pixel by pixel in the recording.
    /// </summary>
    public Shape? Image { get; init; }

    /// <summary>Its numbers, where they are known.</summary>
    public Weight? Weight { get; init; }

    /// <summary>What it is a repetition of, along axes of length 1 or missing ones.</summary>
    public Value? Repeated { get; init; }

    public int Rank => Dims.Length;

    /// <summary>True when it lies in the file as in the recording.</summary>
    public bool IsPlain => Image is null && IsInOrder(Order);

    /// <summary>The axes as the recording has them.</summary>
    public Dim[] Recorded => [.. Enumerable.Range(0, Rank).Select(axis => Dims[Place(axis)])];

    /// <summary>Where an axis of the recording is in the file.</summary>
    public int Place(int axis) => Array.IndexOf(Order, axis);

    /// <summary>True for 0, 1, 2, …</summary>
    public static bool IsInOrder(int[] order) => order.AsSpan().SequenceEqual(Plain(order.Length));

    /// <summary>All axes where they were.</summary>
    public static int[] Plain(int rank) => [.. Enumerable.Range(0, rank)];

    /// <summary>The batch first, the features second, then the places: [0, 3, 1, 2] for images.</summary>
    public static int[] ChannelsFirst(int rank) => [0, rank - 1, .. Enumerable.Range(1, rank - 2)];
}

/// <summary>Numbers that are known: those of parameters, of states and of constants, in any order.</summary>
/// <param name="Leaves">Whose numbers they are, one behind the other.</param>
/// <param name="Dims">The axes.</param>
/// <param name="Order">For each number its place among those of the leaves; null for all as they are.</param>
sealed record Weight(IReadOnlyList<Leaf> Leaves, int[] Dims, int[]? Order = null)
{
    /// <summary>A constant.</summary>
    public static Weight Of<T>(T[] numbers, params int[] dims) where T : unmanaged =>
        new([(Leaf)Tensor.Constant(numbers).Node], dims);

    public DType Type => Leaves[0].Type;

    /// <summary>How many numbers there are.</summary>
    public int Size => Dims.Aggregate(1, (a, b) => a * b);

    /// <summary>The same numbers with other axes.</summary>
    public Weight Reshape(params int[] dims) => this with { Dims = dims };

    /// <summary>The axes in another order.</summary>
    /// <param name="axes">For each axis of the result, the axis of this that it is.</param>
    public Weight Transpose(params int[] axes)
    {
        int[] dims = [.. axes.Select(axis => Dims[axis])];
        int[] longer = [.. axes.Where(axis => Dims[axis] != 1)];
        // Axes of length 1 pass others without moving a number.
        if (longer.SequenceEqual(longer.Order()))
            return Reshape(dims);
        var strides = new int[Dims.Length];
        for (int axis = Dims.Length - 1, stride = 1; axis >= 0; stride *= Dims[axis], axis--)
            strides[axis] = stride;
        return Select(dims, [.. axes.Select(axis => strides[axis])]);
    }

    // The numbers at the places that the strides lead to.
    Weight Select(int[] dims, int[] strides)
    {
        var order = new int[Size];
        var index = new int[dims.Length];
        for (int i = 0, at = 0; i < order.Length; i++)
        {
            order[i] = Order is null ? at : Order[at];
            for (int axis = dims.Length - 1; axis >= 0; axis--)
            {
                at += strides[axis];
                if (++index[axis] < dims[axis])
                    break;
                at -= dims[axis] * strides[axis];
                index[axis] = 0;
            }
        }
        return new(Leaves, dims, order);
    }

    /// <summary>Parts of the first axis in another order, such as the gates of a recurrent layer.</summary>
    public Weight Parts(int count, params int[] parts)
    {
        int length = Size / count;
        var order = new int[Size];
        for (int i = 0; i < order.Length; i++)
        {
            int at = parts[i / length] * length + i % length;
            order[i] = Order is null ? at : Order[at];
        }
        return new(Leaves, Dims, order);
    }

    /// <summary>This and another one behind it, along the only axis.</summary>
    public Weight Then(Weight other)
    {
        int own = Leaves.Sum(leaf => leaf.Shape.Size);
        return new([.. Leaves, .. other.Leaves], [Size + other.Size],
            [.. Order ?? Value.Plain(Size), .. (other.Order ?? Value.Plain(other.Size)).Select(at => at + own)]);
    }

    /// <summary>The numbers.</summary>
    public T[] Numbers<T>() where T : unmanaged
    {
        T[] all = [.. Leaves.SelectMany(leaf => leaf.Value.As<T>()[..leaf.Shape.Size].ToArray())];
        return Order is null ? all : [.. Order.Select(at => all[at])];
    }
}
