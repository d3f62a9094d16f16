using System.Runtime.InteropServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>Samples of float32 numbers: the rows of a table.</summary>
public sealed class FloatFeatures : Features
{
    readonly float[] _values;

    /// <summary>Samples of the given shape.</summary>
    /// <param name="values">All of them, row-major.</param>
    /// <param name="sample">The shape of one, <c>[features]</c> for a table.</param>
    /// <param name="names">The names of the last axis, or none.</param>
    public FloatFeatures(float[] values, Shape sample, IReadOnlyList<string>? names = null)
        : base(sample, values.Length, names) => _values = values;

    /// <inheritdoc/>
    internal override double Unit => 1;

    /// <inheritdoc/>
    internal override ReadOnlySpan<byte> Stored(int row) => MemoryMarshal.AsBytes(Row(row));

    /// <inheritdoc/>
    internal override int FirstNotFinite()
    {
        for (int i = 0; i < _values.Length; i++)
            if (!float.IsFinite(_values[i]))
                return i;
        return -1;
    }

    /// <inheritdoc/>
    public override float this[int row, int number] => Row(row)[number];

    /// <inheritdoc/>
    public override void CopyTo(int row, Span<float> sample) => Row(row).CopyTo(sample);

    /// <inheritdoc/>
    internal override void Gather(ReadOnlySpan<int> rows, ReadOnlySpan<float> center, ReadOnlySpan<float> gain,
        Span<float> batch) => Standardization.Gather(_values, rows, center, gain, batch);

    ReadOnlySpan<float> Row(int row) => _values.AsSpan(row * Sample.Size, Sample.Size);
}
