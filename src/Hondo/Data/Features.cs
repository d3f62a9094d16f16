using System.Runtime.InteropServices;
using Hondo.Kernels;
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

    private protected Features(Shape sample, IReadOnlyList<string>? names, int count) : this(sample, 0, names)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Count = count;
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

    /// <summary>Copies samples of whole numbers, which nothing is done to, into one batch.</summary>
    internal virtual void Gather(ReadOnlySpan<int> rows, Block batch) => throw new NotSupportedException();

    /// <summary>The order of a text that is read in streams; null when samples stand for themselves.</summary>
    internal virtual StreamLayout? Streams => null;

    /// <summary>
    /// Mean and deviation (divided by n) of each of the features that the numbers of a sample go round in; a feature
    /// that never varies has its very value as mean, and deviation 0.
    /// </summary>
    internal virtual (double[] Mean, double[] Deviation) Moments(Dataset part, int features) => IsRead
        ? Data.Moments.OfRead(part, features) : Data.Moments.OfNumbers(part, features);

    /// <summary>True for the rows of a table: each number has a meaning of its own.</summary>
    internal bool AreColumns => Sample.Rank == 1 && Type == DType.Float32 && !ArePictures && !IsRead;

    /// <summary>One step of what is stored in natural units: 1/255 for bytes.</summary>
    internal abstract double Unit { get; }

    /// <summary>True when samples are read as they are needed: going through all of them takes its time.</summary>
    internal virtual bool IsRead => false;

    /// <summary>Copies one sample as it is stored.</summary>
    internal virtual void ReadStored(int row, Span<float> sample) => CopyTo(row, sample);

    /// <summary>True when several samples are copied at once, false when several threads each read one.</summary>
    internal virtual bool IsByBatch => true;

    /// <summary>True for pictures, of which a number is a place.</summary>
    internal virtual bool ArePictures => false;

    /// <summary>The stored bytes of a sample: equal samples have equal bytes; none when
    /// that is not known.</summary>
    internal abstract ReadOnlySpan<byte> Stored(int row);

    /// <summary>The first number that is NaN or ±∞, as its index among all, or −1.</summary>
    internal abstract int FirstNotFinite();
}

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
    internal override (double[] Mean, double[] Deviation) Moments(Dataset part, int features) =>
        Data.Moments.OfBytes(part, features);

    /// <inheritdoc/>
    internal override bool ArePictures => true;

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
