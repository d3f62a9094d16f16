using System.Buffers.Binary;
using System.Security.Cryptography;
using Hondo.Data;
using Hondo.Tensors;

namespace Hondo.Serialization;

/// <summary>
/// Named tensors and texts in a file of the safetensors format, which Python and many others read: eight bytes with the
/// header's length, a JSON header, the numbers. There is nothing in it that could run. Hondo adds a checksum, so that a
/// flipped bit is found when the file is read.
/// </summary>
/// <param name="tensors">Tensors by name.</param>
/// <param name="metadata">Texts by name.</param>
public sealed class Safetensors(IReadOnlyDictionary<string, Tensor> tensors,
    IReadOnlyDictionary<string, string> metadata)
{
    // The format's own limit.
    const long MaxHeader = 100_000_000;

    /// <summary>How the names of Hondo's own texts start; a file that has one must have a checksum too.</summary>
    internal const string Prefix = "hondo.";

    const string ChecksumName = Prefix + "sha256";

    static readonly string NoChecksum = new('0', 2 * SHA256.HashSizeInBytes);

    /// <summary>
    /// The tensors by name, in the types that <see cref="DType"/> has: whole numbers become Int32, half precision
    /// becomes Float32.
    /// </summary>
    public IReadOnlyDictionary<string, Tensor> Tensors => tensors;

    /// <summary>
    /// How tensors are kept in the file, by their names: <c>{ ["weight"] = StorageType.BFloat16 }</c>; others in their
    /// own type. Of a file that was read its types, so that it is written as it was.
    /// </summary>
    public IReadOnlyDictionary<string, StorageType> Storage { get; init; } = new Dictionary<string, StorageType>();

    /// <summary>The texts by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFormatException">There is no such file, or something in it is wrong.</exception>
    public static Safetensors Read(string path)
    {
        using FileStream stream = DataFile.Open(path, "a safetensors file");
        return Read(stream, path);
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">A stream that knows its length.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <exception cref="DataFormatException">Something in it is wrong.</exception>
    public static Safetensors Read(Stream stream, string name)
    {
        try
        {
            return ReadAll(stream, name);
        }
        catch (EndOfStreamException error)
        {
            throw new DataFormatException(name, "", "the file became shorter while it was read", "Read it again.",
                error);
        }
    }

    static Safetensors ReadAll(Stream stream, string name)
    {
        SafetensorsHeader header = ReadHeader(stream, name);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header.With(ChecksumName, NoChecksum).ToBytes());
        Dictionary<string, Tensor> tensors = [];
        foreach (SafetensorsEntry entry in header.Entries)
            tensors.Add(entry.Name, ReadTensor(stream, name, entry, hash));
        string? checksum = header.Metadata.GetValueOrDefault(ChecksumName);
        bool isOurs = header.Metadata.Keys.Any(IsOurs);
        if (isOurs && checksum != Convert.ToHexStringLower(hash.GetHashAndReset()))
            throw new DataFormatException(name, "", "the content does not match the checksum that was saved with it",
                "The file is damaged, or another program changed it and kept the checksum: fetch or write it again.");
        return new(tensors, header.Metadata.Where(text => text.Key != ChecksumName).ToDictionary())
        {
            Storage = header.Entries.Where(entry => StorageTypes.Named(entry.Type) is not null)
                .ToDictionary(entry => entry.Name, entry => StorageTypes.Named(entry.Type)!.Value),
        };
    }

    // A flipped bit in the name of the checksum must not make the file one that has none.
    static bool IsOurs(string name) => name.StartsWith(Prefix, StringComparison.Ordinal)
        || (name.Length == ChecksumName.Length && name.Zip(ChecksumName).Count(pair => pair.First != pair.Second) == 1);

    static SafetensorsHeader ReadHeader(Stream stream, string name)
    {
        const string Mend = "The file is truncated or no safetensors file.";
        long available = stream.Length - stream.Position - SafetensorsHeader.PrefixLength;
        if (available < 0)
            throw new DataFormatException(name, "offset 0", "the file is shorter than the 8 bytes of a header's length",
                Mend);
        Span<byte> prefix = stackalloc byte[SafetensorsHeader.PrefixLength];
        stream.ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxHeader || length > (ulong)available)
            throw new DataFormatException(name, "offset 0", $"the header should be {length} bytes long, but "
                + (length > MaxHeader ? $"at most {MaxHeader} are allowed" : $"only {available} bytes follow"), Mend);
        byte[] json = new byte[length];
        stream.ReadExactly(json);
        return new SafetensorsHeaderReader(name, available - (long)length).Read(json);
    }

    static Tensor ReadTensor(Stream stream, string name, SafetensorsEntry entry, IncrementalHash hash)
    {
        var leaf = new Leaf(entry.Shape, SafetensorsType.InMemory(entry.Type));
        byte[] bytes = GC.AllocateUninitializedArray<byte>(entry.Length);
        stream.ReadExactly(bytes);
        hash.AppendData(bytes);
        try
        {
            SafetensorsType.Convert(entry.Type, bytes, leaf.Value.Bytes);
        }
        catch (OverflowException error)
        {
            throw new DataFormatException(name, entry.Name, "a 64-bit number does not fit into 32 bits",
                "Hondo keeps whole numbers in 32 bits: save smaller ones.", error);
        }
        return new(leaf, 0);
    }

    /// <summary>Writes a file that is, after any interruption, either the old one or the new one.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string path) => DurableFile.Write(path, Write);

    /// <summary>Writes the same bytes for the same content, always.</summary>
    /// <exception cref="ArgumentException">A tensor has the name that the format keeps for texts.</exception>
    /// <exception cref="OverflowException">A number does not fit the type that it is to be kept in.</exception>
    public void Write(Stream stream)
    {
        if (tensors.ContainsKey(SafetensorsHeader.MetadataName))
            throw new ArgumentException($"Safetensors cannot hold a tensor named {SafetensorsHeader.MetadataName}: "
                + "the format keeps this name for texts. Rename the tensor.");
        SafetensorsHeader header = SafetensorsHeader.For(tensors, Storage, metadata).With(ChecksumName, NoChecksum);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header.ToBytes());
        foreach (SafetensorsEntry entry in header.Entries)
            hash.AppendData(Kept(entry.Name));
        stream.Write(header.With(ChecksumName, Convert.ToHexStringLower(hash.GetHashAndReset())).ToBytes());
        foreach (SafetensorsEntry entry in header.Entries)
            stream.Write(Kept(entry.Name));
    }

    ReadOnlySpan<byte> Kept(string name) => Storage.TryGetValue(name, out StorageType type)
        && type.FileName != SafetensorsType.NameOf(tensors[name].DType)
        ? StoredTensor.Of(tensors[name], type).Bytes : tensors[name].Node.Value.Bytes;
}
