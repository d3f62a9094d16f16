using System.Runtime.InteropServices;

namespace Hondo.Benchmarks;

/// <summary>Random numbers that begin on a cache line, as those of tensors do.</summary>
public sealed class AlignedNumbers
{
    const int Line = 64 / sizeof(float);

    readonly float[] _memory;
    readonly int _start, _count;

    /// <summary>So many numbers between −0.5 and 0.5.</summary>
    public AlignedNumbers(int count)
    {
        _count = count;
        _memory = GC.AllocateUninitializedArray<float>(count + Line, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0);
        _start = (int)(-address / sizeof(float) & (Line - 1));
        ConvolutionBenchmarks.Numbers(count).CopyTo(Span);
    }

    /// <summary>The numbers.</summary>
    public Span<float> Span => _memory.AsSpan(_start, _count);
}
