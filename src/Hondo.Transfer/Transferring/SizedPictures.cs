using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Hondo.Data;
using Hondo.Tensors;

namespace Hondo.Transfer;

/// <summary>Pictures of another size, made so when a batch needs them.</summary>
sealed class SizedPictures(Features pictures, Shape sample) : ISampleReader
{
    public int Count => pictures.Count;

    public Shape Sample => sample;

    public float FullScale => byte.MaxValue;

    public void Read(int row, Span<float> numbers)
    {
        Image sized = ImageFolder.Sized(Picture(row), sample);
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = sized.Pixels[i];
    }

    public UInt128 Identity(int row)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Picture(row).Pixels, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    Image Picture(int row)
    {
        var numbers = new float[pictures.Sample.Size];
        pictures.CopyTo(row, numbers);
        return Image.Of(numbers, pictures.Sample[0], pictures.Sample[1], pictures.Sample[2]);
    }

    /// <summary>The parts with pictures of a shape; those that have it already stay as they are.</summary>
    /// <exception cref="DataFormatException">They are no pictures.</exception>
    public static DataSplits Of(DataSplits parts, Shape sample)
    {
        Dictionary<Features, Features> sized = [];
        return new(Part(parts.Train), parts.Dev is null ? null : Part(parts.Dev),
            parts.Test is null ? null : Part(parts.Test));

        Dataset Part(Dataset part)
        {
            if (part.Sample == sample)
                return part;
            if (part.Sample is not [_, _, 1 or 3] || !part.Targets.HasLabels)
                throw new DataFormatException(part.Name, "", $"its samples are {part.Sample}, no pictures of classes",
                    "Transfer is from pictures to pictures: name a folder of class folders.");
            // Parts share their storage, and keep the rows that they have there.
            ref Features? features = ref CollectionsMarshal.GetValueRefOrAddDefault(sized, part.Features, out _);
            features ??= new ReaderFeatures(new SizedPictures(part.Features, sample));
            return new Dataset(part.Name, features, part.Targets)
                .Part(part.Name, [.. Enumerable.Range(0, part.Count).Select(part.Row)]);
        }
    }
}
