using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// Images, kept as bytes: a quarter of the memory of float32, and gathering a batch reads a quarter of it.
/// 0 to 255 become 0 to 1 in the gather.
/// </summary>
public sealed class ByteFeatures : Features
{
    readonly byte[] _values;

    /// <summary>Images of the given shape.</summary>
    /// <param name="values">All of them, row-major.</param>
    /// <param name="sample">The shape of one, <c>[height, width, channels]</c>.</param>
    public ByteFeatures(byte[] values, Shape sample) : base(sample, values.Length, names: null) => _values = values;

    /// <inheritdoc/>
    internal override double Unit => 1.0 / 255;

    /// <inheritdoc/>
    internal override ReadOnlySpan<byte> Stored(int row) => _values.AsSpan(row * Sample.Size, Sample.Size);

    /// <inheritdoc/>
    internal override int FirstNotFinite() => -1;

    /// <inheritdoc/>
    public override float this[int row, int number] => Stored(row)[number] / 255f;

    /// <inheritdoc/>
    public override void CopyTo(int row, Span<float> sample)
    {
        ReadOnlySpan<byte> stored = Stored(row);
        for (int i = 0; i < stored.Length; i++)
            sample[i] = stored[i] / 255f;
    }

    /// <inheritdoc/>
    internal override void Gather(ReadOnlySpan<int> rows, ReadOnlySpan<float> center, ReadOnlySpan<float> gain,
        Span<float> batch) => Standardization.Gather(_values, rows, center, gain, batch);
}
