using System.Runtime.InteropServices;

namespace Hondo.Kernels;

/// <summary>
/// A thread's working memory, native and aligned to cache lines. It grows to the largest request and is kept: fresh
/// pages cost more than the product that they are for.
/// </summary>
sealed unsafe class Scratch
{
    [ThreadStatic]
    static Scratch? _shared;

    [ThreadStatic]
    static Scratch? _own;

    [ThreadStatic]
    static Scratch? _turned;

    [ThreadStatic]
    static Scratch? _sequence;

    // More than any kernel asks for when its sizes were checked.
    const long Most = 1L << 40;

    void* _start;
    nint _bytes;

    ~Scratch() => NativeMemory.AlignedFree(_start);

    /// <summary>Numbers that this thread prepares and all parts of its job read; valid until its next job.</summary>
    public static T* Shared<T>(nint count) where T : unmanaged => (T*)(_shared ??= new()).Grow(BytesOf<T>(count));

    /// <summary>Numbers for the part that runs on this thread; valid until its next part.</summary>
    public static T* Own<T>(nint count) where T : unmanaged => (T*)(_own ??= new()).Grow(BytesOf<T>(count));

    /// <summary>A transposed result; valid while the product that fills it uses the other two.</summary>
    public static T* Turned<T>(nint count) where T : unmanaged => (T*)(_turned ??= new()).Grow(BytesOf<T>(count));

    /// <summary>What an op over sequences or many rows needs for the time of its run, its kernels included.
    /// </summary>
    public static Span<T> Sequence<T>(nint count) where T : unmanaged =>
        new((_sequence ??= new()).Grow(BytesOf<T>(count)), ((Extent)count).To("the working memory of a sequence"));

    static nint BytesOf<T>(nint count) where T : unmanaged => (Extent)count * sizeof(T) is var bytes
        && bytes >= 0 && bytes <= Most ? count * sizeof(T) : throw new ArgumentOutOfRangeException(nameof(count),
            $"A kernel asked for working memory for {count} numbers: its sizes were not checked.");

    void* Grow(nint bytes)
    {
        if (bytes <= _bytes)
            return _start;
        NativeMemory.AlignedFree(_start);
        _start = null;
        _bytes = 0;
        try
        {
            _start = NativeMemory.AlignedAlloc((nuint)bytes, 64);
        }
        catch (OutOfMemoryException error)
        {
            throw new InsufficientMemoryException($"There is no memory for {bytes} bytes of working memory: make the "
                + "batch, the images or the layer smaller, or end other programs.", error);
        }
        _bytes = bytes;
        return _start;
    }
}
