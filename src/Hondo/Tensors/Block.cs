using System.Runtime.InteropServices;

namespace Hondo.Tensors;

/// <summary>
/// A run of bytes that starts on a 64-byte boundary. It is a part of a pinned managed array, not native memory:
/// a span over it keeps it alive, so a tensor that the user still reads can never be freed under them.
/// </summary>
readonly struct Block(byte[] bytes, int offset, int length)
{
    const int Alignment = 64;

    public int Length => length;

    public bool IsEmpty => length == 0;

    public Span<byte> Bytes => bytes.AsSpan(offset, length);

    public Span<T> As<T>() where T : unmanaged => MemoryMarshal.Cast<byte, T>(bytes.AsSpan(offset, length));

    public Block Slice(int start, int count) => new(bytes, offset + start, count);

    /// <summary>Bytes rounded up to whole cache lines, so that neighbours in a slab are aligned too.</summary>
    public static int RoundUp(int length) => checked(length + Alignment - 1) & -Alignment;

    /// <summary>New memory with undefined contents.</summary>
    public static Block Allocate(int length)
    {
        if (length == 0)
            return new([], 0, 0);
        byte[] bytes = GC.AllocateUninitializedArray<byte>(checked(RoundUp(length) + Alignment), pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0);
        return new(bytes, (int)(-address & (Alignment - 1)), length);
    }
}
