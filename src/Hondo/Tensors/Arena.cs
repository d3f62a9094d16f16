using System.Runtime.InteropServices;

namespace Hondo.Tensors;

/// <summary>Memory that is used again and again: blocks go back to a list by size and come out of it.</summary>
/// <param name="common">What is lent to other arenas too, of which one is in use at a time; null for an arena by
/// itself.</param>
sealed class Arena(CommonMemory? common = null)
{
    readonly Dictionary<int, Stack<Block>> _free = [];

    // What others have asked the runtime for, and this one does not use yet.
    readonly SortedSet<(int Size, int Place)> _others = [];
    int _seen;

    /// <summary>A block of undefined contents.</summary>
    public Block Rent(int length)
    {
        int size = Block.RoundUp(length);
        if (_free.TryGetValue(size, out Stack<Block>? blocks) && blocks.TryPop(out Block block))
            return block.Slice(0, length);
        if (common is null || size == 0)
            return Block.Allocate(size).Slice(0, length);
        return (Borrow(common, size) ?? common.Allocate(size, ref _seen)).Slice(0, length);
    }

    // A block twice as large as it must be is left for what needs it.
    Block? Borrow(CommonMemory memory, int size)
    {
        for (; _seen < memory.Count; _seen++)
            _others.Add((memory[_seen].Length, _seen));
        (int Size, int Place) best = _others.GetViewBetween((size, 0), ((int)Math.Min(2L * size, int.MaxValue),
            int.MaxValue)).Min;
        return _others.Remove(best) ? memory[best.Place] : null;
    }

    /// <summary>Gives a block back; nobody may use it afterwards.</summary>
    public void Return(Block block)
    {
        if (block.IsEmpty)
            return;
        int size = Block.RoundUp(block.Length);
        if (!_free.TryGetValue(size, out Stack<Block>? blocks))
            _free[size] = blocks = [];
        blocks.Push(block.Slice(0, size));
    }
}

/// <summary>
/// The memory of a tape. What a step has made is gone when it ends, so that the recordings for full batches, for the
/// short last one and for other shapes lie in the same blocks.
/// </summary>
sealed class CommonMemory
{
    readonly List<Block> _blocks = [];

    /// <summary>How many blocks there are.</summary>
    public int Count => _blocks.Count;

    /// <summary>Bytes that the runtime was asked for.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>One of the blocks.</summary>
    public Block this[int place] => _blocks[place];

    /// <summary>A new block.</summary>
    /// <param name="size">Whole cache lines.</param>
    /// <param name="seen">How many blocks its owner knows.</param>
    public Block Allocate(int size, ref int seen)
    {
        AllocatedBytes += size;
        _blocks.Add(Block.Allocate(size));
        seen = Count;
        return _blocks[^1];
    }
}

/// <summary>
/// A run of bytes that starts on a 64-byte boundary. It is a part of a pinned managed array, not native memory:
/// a span over it keeps it alive, so a tensor that the user still reads can never be freed under them.
/// </summary>
readonly struct Block(byte[] bytes, int offset, int length)
{
    const int Alignment = 64;

    readonly byte[] _bytes = bytes;
    readonly int _offset = offset;

    /// <summary>The most bytes of a block: more than one array cannot have.</summary>
    public const int MostBytes = 0x7FFFFFC7 / Alignment * Alignment - 2 * Alignment;

    public int Length => length;

    public bool IsEmpty => length == 0;

    /// <summary>True for the same place in memory.</summary>
    public bool IsSameAs(Block other) => ReferenceEquals(_bytes, other._bytes) && _offset == other._offset;

    public Span<byte> Bytes => _bytes.AsSpan(_offset, length);

    public Span<T> As<T>() where T : unmanaged => MemoryMarshal.Cast<byte, T>(_bytes.AsSpan(_offset, length));

    public Block Slice(int start, int count) => new(_bytes, _offset + start, count);

    /// <summary>Bytes rounded up to whole cache lines, so that neighbours in a slab are aligned too.</summary>
    public static int RoundUp(int length) => checked(length + Alignment - 1) & -Alignment;

    /// <summary>The bytes of a tensor.</summary>
    /// <exception cref="ShapeException">They are more than a tensor can have.</exception>
    public static int BytesOf(Shape shape, DType type)
    {
        long bytes = (long)shape.Size * type.Size;
        return bytes <= MostBytes ? (int)bytes
            : throw new ShapeException($"A {type} tensor {shape} takes {bytes} bytes, but one can have at most "
                + $"{MostBytes}: make the batch, the images or the layer smaller.");
    }

    /// <summary>New memory with undefined contents.</summary>
    /// <exception cref="OutOfMemoryException">The machine has not so much.</exception>
    public static Block Allocate(int length)
    {
        if (length == 0)
            return new([], 0, 0);
        byte[] bytes = New(checked(RoundUp(length) + Alignment));
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0);
        return new(bytes, (int)(-address & (Alignment - 1)), length);
    }

    static byte[] New(int length)
    {
        try
        {
            return GC.AllocateUninitializedArray<byte>(length, pinned: true);
        }
        catch (OutOfMemoryException error)
        {
            throw new InsufficientMemoryException($"There is no memory for {length} more bytes of numbers: make the "
                + $"batch, the "
                + "images or the model smaller, or end other programs.", error);
        }
    }
}
