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

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>Equal parts along an axis: <c>var (q, k, v) = x.Split(3, axis: -1);</c></summary>
        /// <exception cref="ShapeException">The axis cannot be divided evenly.</exception>
        public Chunks Split(int parts, int axis)
        {
            int length = x.Shape[x.Shape.Axis(axis)];
            return parts > 0 && length % parts == 0
                ? new(x, x.Shape.Axis(axis), parts, length / parts)
                : throw new ShapeException($"Split of {x.Shape} into {parts} parts along axis {axis}: its "
                    + $"length {length} does "
                    + "not divide evenly. Chunk allows a shorter last part.");
        }

        /// <summary>Parts along an axis, all of one length but a shorter last one.</summary>
        public Chunks Chunk(int chunks, int axis)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(chunks, 1);
            int length = x.Shape[x.Shape.Axis(axis)], size = (int)Math.Max(1, ((long)length + chunks - 1) / chunks);
            return new(x, x.Shape.Axis(axis), (int)(((long)length + size - 1) / size), size);
        }

        /// <summary>Parts of given lengths along an axis.</summary>
        /// <exception cref="ShapeException">The lengths do not fill the axis.</exception>
        public Tensor[] Split(ReadOnlySpan<int> lengths, int axis)
        {
            int sum = 0, length = x.Shape[x.Shape.Axis(axis)];
            foreach (int part in lengths)
                sum += part;
            if (sum != length)
                throw new ShapeException($"Split of {x.Shape} along axis {axis} into lengths of together {sum}: "
                    + $"they must fill its length {length}.");
            var parts = new Tensor[lengths.Length];
            for (int i = 0, start = 0; i < parts.Length; start += lengths[i], i++)
                parts[i] = x.SliceAxis(axis, start..(start + lengths[i]));
            return parts;
        }
    }
}
