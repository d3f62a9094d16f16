using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// Data of any size, read as it is needed, a sample at a time: pictures on a disk, rows of a database, what a formula
/// draws. <c>new Dataset(name, new ReaderFeatures(reader), targets)</c> trains on it.
/// </summary>
public interface ISampleReader
{
    /// <summary>How many samples there are.</summary>
    int Count { get; }

    /// <summary>The shape of one, features last: <c>[height, width, channels]</c> or <c>[features]</c>.</summary>
    Shape Sample { get; }

    /// <summary>The number that stands for 1: 255 when <see cref="Read"/> gives bytes.</summary>
    float FullScale => 1;

    /// <summary>Reads one sample. Several threads call it at once, and equal rows must give equal numbers.</summary>
    /// <param name="row">Which one, from 0.</param>
    /// <param name="sample">Where its numbers go, row-major.</param>
    void Read(int row, Span<float> sample);

    /// <summary>A hash of the sample that is known without reading it, to find one that is both trained and tested on;
    /// 0 when there is none.</summary>
    UInt128 Identity(int row) => 0;
}

/// <summary>Data of any size, read as it is needed, a batch at a time: a query for many rows costs less than many.
/// </summary>
public interface IBatchReader
{
    /// <inheritdoc cref="ISampleReader.Count"/>
    int Count { get; }

    /// <inheritdoc cref="ISampleReader.Sample"/>
    Shape Sample { get; }

    /// <summary>Reads some samples. Several threads call it at once, and equal rows must give equal numbers.</summary>
    /// <param name="rows">Which ones, from 0, in any order.</param>
    /// <param name="samples">Where their numbers go, one sample behind the other.</param>
    void Read(ReadOnlySpan<int> rows, Span<float> samples);
}

/// <summary>Samples that stay where they are and are read for the batch that needs them.</summary>
public sealed class ReaderFeatures : Features
{
    readonly ISampleReader _reader;
    readonly IBatchReader? _batches;

    /// <summary>The samples of a reader.</summary>
    /// <param name="reader">Reads them.</param>
    /// <param name="names">The names of the last axis, or none.</param>
    public ReaderFeatures(ISampleReader reader, IReadOnlyList<string>? names = null)
        : base(reader.Sample, names, reader.Count) => _reader = reader;

    /// <inheritdoc cref="ReaderFeatures(ISampleReader, IReadOnlyList{string})"/>
    public ReaderFeatures(IBatchReader reader, IReadOnlyList<string>? names = null)
        : base(reader.Sample, names, reader.Count) => (_reader, _batches) = (new OneByOne(reader), reader);

    /// <inheritdoc/>
    internal override double Unit => 1.0 / _reader.FullScale;

    /// <inheritdoc/>
    internal override bool IsRead => true;

    /// <inheritdoc/>
    internal override bool ArePictures => _reader.FullScale != 1;

    /// <summary>The bytes of the sample's identity; none when the reader knows none.</summary>
    internal override ReadOnlySpan<byte> Stored(int row)
    {
        UInt128 identity = _reader.Identity(row);
        return identity == 0 ? [] : BitConverter.GetBytes(identity);
    }

    // Each number is looked at when it is read.
    internal override int FirstNotFinite() => -1;

    /// <summary>One number in natural units; reads the whole sample for it.</summary>
    public override float this[int row, int number]
    {
        get
        {
            var sample = new float[Sample.Size];
            CopyTo(row, sample);
            return sample[number];
        }
    }

    /// <inheritdoc/>
    public override void CopyTo(int row, Span<float> sample)
    {
        ReadStored(row, sample);
        float scale = _reader.FullScale;
        if (scale != 1)
            for (int i = 0; i < sample.Length; i++)
                sample[i] /= scale;
    }

    /// <summary>Reads a sample's numbers as the reader gives them.</summary>
    internal override void ReadStored(int row, Span<float> sample)
    {
        _reader.Read(row, sample);
        Check(row, sample);
    }

    /// <inheritdoc/>
    internal override void Gather(ReadOnlySpan<int> rows, ReadOnlySpan<float> center, ReadOnlySpan<float> gain,
        Span<float> batch)
    {
        int size = Sample.Size;
        _batches?.Read(rows, batch);
        for (int i = 0; i < rows.Length; i++)
        {
            Span<float> sample = batch.Slice(i * size, size);
            if (_batches is null)
                _reader.Read(rows[i], sample);
            Check(rows[i], sample);
            Standardization.Apply(sample, center, gain, sample);
        }
    }

    /// <summary>True when a batch is one call, not one a sample.</summary>
    internal override bool IsByBatch => _batches is not null;

    void Check(int row, ReadOnlySpan<float> sample)
    {
        for (int i = 0; i < sample.Length; i++)
            if (!float.IsFinite(sample[i]))
                throw new DataFormatException(_reader.ToString() ?? "data", $"row {row} (counted from 0), {NameOf(i)}",
                    "the number is NaN or infinite", "Correct it, or leave the row out.");
    }

    sealed class OneByOne(IBatchReader reader) : ISampleReader
    {
        public int Count => reader.Count;

        public Shape Sample => reader.Sample;

        public void Read(int row, Span<float> sample) => reader.Read([row], sample);

        public override string? ToString() => reader.ToString();
    }
}
