using System.Runtime.InteropServices;

namespace Hondo.Tensors;

/// <summary>Memory that a tape uses again and again: blocks go back to a list by size and come out of it.</summary>
sealed class Arena
{
    readonly Dictionary<int, Stack<Block>> _free = [];

    /// <summary>Bytes that this arena has asked the runtime for.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>A block of undefined contents.</summary>
    public Block Rent(int length)
    {
        int size = Block.RoundUp(length);
        if (_free.TryGetValue(size, out Stack<Block>? blocks) && blocks.TryPop(out Block block))
            return block.Slice(0, length);
        AllocatedBytes += size;
        return Block.Allocate(size).Slice(0, length);
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
