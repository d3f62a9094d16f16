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

    void* _start;
    nint _bytes;

    ~Scratch() => NativeMemory.AlignedFree(_start);

    /// <summary>Numbers that this thread prepares and all parts of its job read; valid until its next job.</summary>
    public static T* Shared<T>(nint count) where T : unmanaged => (T*)(_shared ??= new()).Grow(count * sizeof(T));

    /// <summary>Numbers for the part that runs on this thread; valid until its next part.</summary>
    public static T* Own<T>(nint count) where T : unmanaged => (T*)(_own ??= new()).Grow(count * sizeof(T));

    /// <summary>A transposed result; valid while the product that fills it uses the other two.</summary>
    public static T* Turned<T>(nint count) where T : unmanaged => (T*)(_turned ??= new()).Grow(count * sizeof(T));

    /// <summary>What a recurrent layer or a head of attention needs for the time of its run, products included.
    /// </summary>
    public static Span<T> Sequence<T>(nint count) where T : unmanaged =>
        new((_sequence ??= new()).Grow(count * sizeof(T)), checked((int)count));

    void* Grow(nint bytes)
    {
        if (bytes <= _bytes)
            return _start;
        NativeMemory.AlignedFree(_start);
        _start = null;
        _bytes = 0;
        _start = NativeMemory.AlignedAlloc((nuint)bytes, 64);
        _bytes = bytes;
        return _start;
    }
}
