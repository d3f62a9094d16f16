using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>The parts of a tensor along an axis. Each time a part is asked for, it is sliced.</summary>
public readonly struct Chunks
{
    readonly Tensor _whole;
    readonly int _axis, _length;

    internal Chunks(Tensor whole, int axis, int count, int length) =>
        (_whole, _axis, Count, _length) = (whole, axis, count, length);

    /// <summary>How many parts.</summary>
    public int Count { get; }

    /// <summary>One part.</summary>
    public Tensor this[int part] => (uint)part < (uint)Count
        ? _whole.SliceAxis(_axis, (part * _length)..Math.Min((part + 1) * _length, _whole.Shape[_axis]))
        : throw new ArgumentOutOfRangeException(nameof(part), part, $"There are {Count} parts.");

    /// <summary>Two parts.</summary>
    public void Deconstruct(out Tensor first, out Tensor second) => (first, second) = (this[0], this[1]);

    /// <summary>Three parts.</summary>
    public void Deconstruct(out Tensor first, out Tensor second, out Tensor third) =>
        (first, second, third) = (this[0], this[1], this[2]);

    /// <summary>Four parts.</summary>
    public void Deconstruct(out Tensor first, out Tensor second, out Tensor third, out Tensor fourth) =>
        (first, second, third, fourth) = (this[0], this[1], this[2], this[3]);
}
