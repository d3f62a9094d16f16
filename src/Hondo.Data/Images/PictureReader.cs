using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// Pictures of files, decoded and brought to one size when a batch needs them. What fits the budget stays in memory;
/// which those are changes no number.
/// </summary>
sealed class PictureReader : ISampleReader
{
    readonly ImageEntry[] _files;
    readonly Interpolation _interpolation;
    readonly double _crop;
    readonly bool _isDeep;
    readonly byte[]?[] _kept;
    long _budget;

    public PictureReader(ImageEntry[] files, Shape sample, ImageOptions options)
    {
        (_files, Sample, _interpolation, _crop, _budget) =
            (files, sample, options.Interpolation, options.Crop, options.CacheBytes);
        _isDeep = files.Any(file => file.Header.IsDeep);
        _kept = new byte[files.Length][];
    }

    public int Count => _files.Length;

    public Shape Sample { get; }

    public float FullScale => _isDeep ? ushort.MaxValue : byte.MaxValue;

    /// <summary>Bytes of one decoded picture.</summary>
    public long Bytes => (long)Sample.Size * (_isDeep ? sizeof(ushort) : sizeof(byte));

    public UInt128 Identity(int row) => _files[row].Hash;

    public void Read(int row, Span<float> sample)
    {
        byte[] bytes = Bring(row);
        if (_isDeep)
        {
            ReadOnlySpan<ushort> numbers = MemoryMarshal.Cast<byte, ushort>(bytes);
            for (int i = 0; i < sample.Length; i++)
                sample[i] = numbers[i];
        }
        else
            for (int i = 0; i < sample.Length; i++)
                sample[i] = bytes[i];
    }

    /// <summary>The numbers of a picture: the kept ones, or decoded, and kept when the budget allows.</summary>
    public byte[] Bring(int row)
    {
        if (Volatile.Read(ref _kept[row]) is { } kept)
            return kept;
        byte[] bytes = Decode(_files[row].Path);
        if (Interlocked.Add(ref _budget, -bytes.Length) >= 0)
            Volatile.Write(ref _kept[row], bytes);
        else
            Interlocked.Add(ref _budget, bytes.Length);
        return bytes;
    }

    byte[] Decode(string path)
    {
        Image image = ImageResize.Cover(ImageFile.Read(path).To(Sample[2]), Sample[0], Sample[1], _interpolation,
            _crop);
        if (!_isDeep)
            return image.Pixels;
        ushort[] deep = image.Deep ?? Array.ConvertAll(image.Pixels, static value => (ushort)(value * 257));
        return MemoryMarshal.AsBytes(deep.AsSpan()).ToArray();
    }

    public override string ToString() => Path.GetDirectoryName(_files[0].Path)!;
}

/// <summary>A picture's file, looked at.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Header">Its size and kind.</param>
/// <param name="Hash">A hash of its bytes: equal files are equal pictures.</param>
readonly record struct ImageEntry(string Path, ImageHeader Header, UInt128 Hash)
{
    public static ImageEntry Of(string path)
    {
        byte[] bytes = ImageFile.ReadBytes(path);
        ImageHeader header = ImageFile.ReadHeader(bytes, path);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return new(path, header, BinaryPrimitives.ReadUInt128LittleEndian(hash));
    }
}
