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
    readonly KeptPictures _kept;

    public PictureReader(ImageEntry[] files, Shape sample, ImageOptions options)
    {
        (_files, Sample, _interpolation, _crop) = (files, sample, options.Interpolation, options.Crop);
        _isDeep = files.Any(file => file.Header.IsDeep);
        _kept = new(files.Length, (int)Bytes, options.CacheBytes);
    }

    public int Count => _files.Length;

    public Shape Sample { get; }

    public float FullScale => _isDeep ? ushort.MaxValue : byte.MaxValue;

    /// <summary>Bytes of one decoded picture.</summary>
    public long Bytes => (long)Sample.Size * (_isDeep ? sizeof(ushort) : sizeof(byte));

    public UInt128 Identity(int row) => _files[row].Hash;

    public void Read(int row, Span<float> sample)
    {
        ReadOnlySpan<byte> bytes = Bring(row);
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

    /// <summary>The numbers of a picture: the kept ones, or decoded, and kept when the budget allows. Of this thread
    /// until its next.</summary>
    public ReadOnlySpan<byte> Bring(int row)
    {
        if (_kept.Find(row) is { IsEmpty: false } kept)
            return kept;
        ReadOnlySpan<byte> bytes = Decode(_files[row].Path);
        _kept.Add(row, bytes);
        return bytes;
    }

    ReadOnlySpan<byte> Decode(string path)
    {
        PictureRoom room = PictureRoom.OfThread;
        ReadOnlySpan<byte> file = ImageFile.ReadBytes(path, room.File);
        (int height, int width) = (Sample[0], Sample[1]);
        if (!_isDeep && ImageFile.IsPlain(file)
            && SkiaDecoder.TryDecode(file, path, Sample[2], room, out PixelRows rows))
            return room.Cover(rows, height, width, _interpolation, _crop);
        Image image = ImageResize.Cover(ImageFile.Decode(file, path).To(Sample[2]), height, width, _interpolation,
            _crop);
        if (!_isDeep)
            return image.Pixels;
        ushort[] deep = image.Deep ?? Array.ConvertAll(image.Pixels, static value => (ushort)(value * 257));
        return MemoryMarshal.AsBytes(deep.AsSpan());
    }

    public override string ToString() => Path.GetDirectoryName(_files[0].Path)!;
}

/// <summary>Decoded pictures in large blocks, which the collector need not move, up to a budget.</summary>
sealed class KeptPictures
{
    const int BlockBytes = 1 << 22;

    readonly int[] _slots;
    readonly byte[]?[] _blocks;
    readonly int _bytes, _perBlock, _most;
    int _count;

    public KeptPictures(int rows, int bytes, long budget)
    {
        (_bytes, _perBlock) = (bytes, Math.Max(1, BlockBytes / bytes));
        _most = (int)Math.Min(rows, budget / bytes);
        _blocks = new byte[(_most + _perBlock - 1) / _perBlock][];
        _slots = new int[rows];
    }

    public ReadOnlySpan<byte> Find(int row) => Volatile.Read(ref _slots[row]) is > 0 and var slot ? At(slot - 1) : [];

    public void Add(int row, ReadOnlySpan<byte> bytes)
    {
        int slot = Volatile.Read(ref _count) < _most ? Interlocked.Increment(ref _count) : int.MaxValue;
        if (slot > _most)
            return;
        bytes.CopyTo(At(slot - 1));
        Volatile.Write(ref _slots[row], slot);
    }

    Span<byte> At(int slot)
    {
        ref byte[]? block = ref _blocks[slot / _perBlock];
        if (Volatile.Read(ref block) is null)
            Interlocked.CompareExchange(ref block,
                new byte[Math.Min(_perBlock, _most - slot / _perBlock * _perBlock) * _bytes], null);
        return block.AsSpan(slot % _perBlock * _bytes, _bytes);
    }
}

/// <summary>Memory in which a thread reads and decodes one picture after the other.</summary>
sealed class PictureRoom
{
    // What a single large picture needs (above 4096×4096) does not stay.
    const int MostKept = 1 << 26;

    [ThreadStatic] static PictureRoom? _ofThread;

    byte[] _file = [], _decoded = [], _result = [];
    float[] _sums = [];

    public PictureRoom() => File = length =>
    {
        if (_decoded.Length > MostKept)
            _decoded = [];
        return Grown(ref _file, length);
    };

    public static PictureRoom OfThread => _ofThread ??= new();

    /// <summary>Memory for a file.</summary>
    public Func<int, byte[]> File { get; }

    /// <summary>Memory for a picture as it is decoded.</summary>
    public Span<byte> Decoded(PixelRows rows) =>
        Grown(ref _decoded, rows.Height * rows.Width * rows.Step).AsSpan(0, rows.Height * rows.Width * rows.Step);

    /// <summary>The decoded picture in the size of samples, as <see cref="ImageResize.Cover"/> makes it.</summary>
    public ReadOnlySpan<byte> Cover(PixelRows rows, int height, int width, Interpolation interpolation, double crop)
    {
        int length = height * width * rows.Channels;
        Span<byte> decoded = Decoded(rows), result = Grown(ref _result, length).AsSpan(0, length);
        if ((height, width) != (rows.Height, rows.Width))
            ImageResize.Part(decoded, rows, ImageResize.Shown((rows.Height, rows.Width), height, width, crop), result,
                (height, width), interpolation, Grown(ref _sums, length).AsSpan(0, length));
        else if (rows.Step == rows.Channels)
            return decoded;
        else
            rows.Pack(decoded, result);
        return result;
    }

    static T[] Grown<T>(ref T[] memory, int length)
    {
        if (memory.Length < length)
            memory = new T[length];
        return memory;
    }
}

/// <summary>A picture's file, looked at.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Header">Its size and kind.</param>
/// <param name="Hash">A hash of its bytes: equal files are equal pictures.</param>
readonly record struct ImageEntry(string Path, ImageHeader Header, UInt128 Hash)
{
    public static ImageEntry Of(string path)
    {
        ReadOnlySpan<byte> bytes = ImageFile.ReadBytes(path, PictureRoom.OfThread.File);
        ImageHeader header = ImageFile.ReadHeader(bytes, path);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return new(path, header, BinaryPrimitives.ReadUInt128LittleEndian(hash));
    }
}
