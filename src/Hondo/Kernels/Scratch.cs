using System.Runtime.InteropServices;

namespace Hondo.Kernels;

/// <summary>
/// This thread's working memory, native and aligned to cache lines. It grows to the largest request and is kept:
/// fresh pages cost more than the product that they are for.
/// </summary>
sealed unsafe class Scratch
{
    [ThreadStatic]
    static Scratch? _mine;

    void* _start;
    nuint _bytes;

    ~Scratch() => NativeMemory.AlignedFree(_start);

    /// <summary>At least <paramref name="count"/> numbers, valid until this thread's next request.</summary>
    public static T* Rent<T>(nint count) where T : unmanaged => (T*)(_mine ??= new()).Grow((nuint)(count * sizeof(T)));

    void* Grow(nuint bytes)
    {
        if (bytes <= _bytes)
            return _start;
        NativeMemory.AlignedFree(_start);
        _start = null;
        _bytes = 0;
        _start = NativeMemory.AlignedAlloc(bytes, 64);
        _bytes = bytes;
        return _start;
    }
}
