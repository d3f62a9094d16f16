using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// What is known of each sample: <c>[count, ..sample]</c>, features last. Parts of a data set share one of these.
/// </summary>
public abstract class Features
{
    private protected Features(Shape sample, int numbers, IReadOnlyList<string>? names)
    {
        if (sample.Size == 0)
            throw new ArgumentException($"A sample needs at least one number; its shape is {sample}.", nameof(sample));
        if (numbers % sample.Size != 0)
            throw new ArgumentException($"{numbers:N0} numbers are not a whole count of samples {sample}, which hold "
                + $"{sample.Size:N0} each.", nameof(sample));
        if (names is not null && names.Count != sample[^1])
            throw new ArgumentException($"{names.Count} feature names were given for samples {sample}: name each of "
                + $"the {sample[^1]} features, or none.", nameof(names));
        (Sample, Count, Names) = (sample, numbers / sample.Size, names ?? []);
    }

    /// <summary>The shape of one sample: <c>[height, width, channels]</c> of an image, <c>[features]</c> of a row.
    /// </summary>
    public Shape Sample { get; }

    /// <summary>The type of a sample's numbers as models get them.</summary>
    public virtual DType Type => DType.Float32;

    /// <summary>How many samples there are.</summary>
    public int Count { get; }

    /// <summary>The names of the last axis, or none.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What a feature is called: its name, or <c>feature 3</c>.</summary>
    public string NameOf(int feature) => Names.Count > 0 ? Names[feature % Names.Count] : $"feature {feature}";

    /// <summary>One number of a sample, in natural units (bytes become 0 to 1).</summary>
    public abstract float this[int row, int number] { get; }

    /// <summary>Copies one sample in natural units (bytes become 0 to 1).</summary>
    public abstract void CopyTo(int row, Span<float> sample);

    /// <summary>
    /// Copies samples into one batch, each number as <c>(x − center) · gain</c>, where x is the number as it is stored
    /// (a byte as 0 to 255).
    /// </summary>
    internal abstract void Gather(ReadOnlySpan<int> rows, ReadOnlySpan<float> center, ReadOnlySpan<float> gain,
        Span<float> batch);

    /// <summary>One step of what is stored in natural units: 1/255 for bytes.</summary>
    internal abstract double Unit { get; }

    /// <summary>The stored bytes of a sample: equal samples have equal bytes.</summary>
    internal abstract ReadOnlySpan<byte> Stored(int row);

    /// <summary>The first number that is NaN or ±∞, as its index among all, or −1.</summary>
    internal abstract int FirstNotFinite();
}
