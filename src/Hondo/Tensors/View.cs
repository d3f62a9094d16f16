using System.Runtime.InteropServices;

namespace Hondo.Tensors;

/// <summary>A typed window on a tensor's numbers, or on the gradient that an op adds to.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct View<T> where T : unmanaged
{
    readonly Span<byte> _bytes;

    internal View(Span<byte> bytes, Shape shape, DType type, bool isNeeded = true, bool accumulates = false)
    {
        _bytes = bytes;
        Shape = shape;
        Type = type;
        IsNeeded = isNeeded;
        Accumulates = accumulates;
    }

    /// <summary>The numbers, row-major.</summary>
    public Span<T> Data => MemoryMarshal.Cast<byte, T>(_bytes);

    /// <summary>The numbers of an Int32 tensor.</summary>
    public Span<int> Ints => MemoryMarshal.Cast<byte, int>(_bytes);

    /// <summary>
    /// The type that the numbers have in memory: that of <see cref="Data"/>, or Int32, unless the op converts.
    /// </summary>
    public DType Type { get; }

    /// <summary>The numbers as what they are in memory, for ops that convert.</summary>
    internal Span<M> As<M>() where M : unmanaged => MemoryMarshal.Cast<byte, M>(_bytes);

    /// <summary>The lengths of the axes.</summary>
    public Shape Shape { get; }

    /// <summary>For gradients: false when nobody needs this operand's gradient; then do not compute it.</summary>
    public bool IsNeeded { get; }

    /// <summary>
    /// For gradients of an op whose <see cref="IOp.OverwritesGradients"/> is true: add when true, overwrite undefined
    /// contents when false. Other ops always add: the tape has cleared the memory for them.
    /// </summary>
    public bool Accumulates { get; }

    /// <summary>One number, by its row-major index.</summary>
    public ref T this[int i] => ref Data[i];

    /// <summary>How many numbers there are.</summary>
    public int Length => Shape.Size;
}
