using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>Bits to say at the steps of a sequence: <c>[count, time, bits]</c> of 0 and 1, and −1 where none is asked
/// for.</summary>
public sealed class BinarySequenceTargets : Targets
{
    /// <summary>The mark of a step that no answer is asked for.</summary>
    public const float None = -1;

    readonly float[] _values;

    /// <summary>Targets of sequences.</summary>
    /// <param name="values">All of them, row-major.</param>
    /// <param name="sample">The shape of one, <c>[time, bits]</c>.</param>
    /// <exception cref="DataFormatException">A value is not 0, 1 or −1.</exception>
    public BinarySequenceTargets(float[] values, Shape sample) : base(values.Length / sample.Size)
    {
        if (sample.Rank != 2 || values.Length % sample.Size != 0)
            throw new ArgumentException($"{values.Length} bits are no whole count of sequences {sample}, which must be "
                + "[time, bits].", nameof(values));
        for (int i = 0; i < values.Length; i++)
            if (values[i] is not (0 or 1 or None))
                throw new DataFormatException("bits", $"sequence {i / sample.Size} (counted from 0)",
                    $"a target is {values[i]}", "Give 0 or 1, or −1 where no answer is asked for.");
        (_values, Sample) = (values, sample);
    }

    /// <summary>The shape of one sequence's targets, <c>[time, bits]</c>.</summary>
    public Shape Sample { get; }

    /// <summary>All values, row-major.</summary>
    public ReadOnlySpan<float> Values => _values;
}
