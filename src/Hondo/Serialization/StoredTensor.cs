using System.Globalization;
using System.Runtime.InteropServices;
using Hondo.Tensors;

namespace Hondo.Serialization;

/// <summary>
/// How numbers are kept, in files and in memory that is to be small. Ops compute with a <see cref="DType"/>: halves as
/// Float32, whole numbers and truth values as Int32.
/// </summary>
public enum StorageType
{
    /// <summary>IEEE double precision.</summary>
    Float64,

    /// <summary>IEEE single precision.</summary>
    Float32,

    /// <summary>IEEE half precision: 3 decimal digits, up to 65,504.</summary>
    Half,

    /// <summary>The upper half of a Float32: 2 decimal digits, its range.</summary>
    BFloat16,

    /// <summary>Whole numbers of 64 bits.</summary>
    Int64,

    /// <summary>Whole numbers of 32 bits.</summary>
    Int32,

    /// <summary>Bytes, 0 to 255.</summary>
    UInt8,

    /// <summary>0 and 1, a byte each: masks.</summary>
    Boolean,
}

/// <summary>
/// Numbers in a type for storage: an embedding of a million rows in half its memory, tokens of 64 bits, bytes of
/// pictures, masks. <see cref="ToTensor"/> gives them to ops.
/// </summary>
public sealed class StoredTensor
{
    readonly byte[] _bytes;

    StoredTensor(byte[] bytes, Shape shape, StorageType type) => (_bytes, Shape, Type) = (bytes, shape, type);

    /// <summary>The lengths of the axes.</summary>
    public Shape Shape { get; }

    /// <summary>How the numbers are kept.</summary>
    public StorageType Type { get; }

    /// <summary>The numbers as they lie in memory and in files: row-major, little-endian.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The numbers of a tensor, rounded to the nearest (to even between two) where the type is coarser.
    /// </summary>
    /// <exception cref="OverflowException">A number is outside the type, or NaN or a fraction that a type of whole
    /// numbers cannot hold.</exception>
    public static StoredTensor Of(Tensor values, StorageType type)
    {
        byte[] bytes = new byte[(long)values.Size * type.Size];
        for (int i = 0; i < values.Size; i++)
            Write(values.NumberAt(i), bytes.AsSpan(i * type.Size), type, i);
        return new(bytes, values.Shape, type);
    }

    /// <summary>Numbers of C#: long, byte, Half, bool, int, float or double.</summary>
    /// <exception cref="ShapeException">The shape does not hold as many numbers.</exception>
    /// <exception cref="NotSupportedException">T is none of these.</exception>
    public static StoredTensor Of<T>(ReadOnlySpan<T> values, Shape? shape = null) where T : unmanaged
    {
        Shape axes = shape ?? [values.Length];
        return axes.Size == values.Length ? new(MemoryMarshal.AsBytes(values).ToArray(), axes, StorageTypes.Of<T>())
            : throw new ShapeException(
                $"{values.Length} numbers were given for shape {axes}, which holds {axes.Size}.");
    }

    /// <inheritdoc cref="Of{T}(ReadOnlySpan{T}, Shape?)"/>
    public static StoredTensor Of<T>(T[] values, Shape? shape = null) where T : unmanaged =>
        Of((ReadOnlySpan<T>)values, shape);

    internal static StoredTensor OfBytes(byte[] bytes, Shape shape, StorageType type) => new(bytes, shape, type);

    /// <summary>The numbers as they are kept; those of BFloat16 as ushort.</summary>
    /// <exception cref="InvalidOperationException">T is another type.</exception>
    public ReadOnlySpan<T> Values<T>() where T : unmanaged =>
        (typeof(T) == typeof(ushort) ? StorageType.BFloat16 : StorageTypes.Of<T>()) == Type
            ? MemoryMarshal.Cast<byte, T>(_bytes)
            : throw new InvalidOperationException($"These numbers {Shape} are kept as {Type}, not {typeof(T).Name}.");

    /// <summary>The numbers in the type that ops compute with.</summary>
    /// <exception cref="OverflowException">One of 64 bits does not fit into 32.</exception>
    public Tensor ToTensor()
    {
        var leaf = new Leaf(Shape, SafetensorsType.InMemory(Type.FileName));
        SafetensorsType.Convert(Type.FileName, _bytes, leaf.Value.Bytes);
        return new(leaf, 0);
    }

    static void Write(double number, Span<byte> into, StorageType type, int place)
    {
        switch (type)
        {
            case StorageType.Float64:
                MemoryMarshal.Write(into, number);
                return;
            case StorageType.Float32:
                MemoryMarshal.Write(into, (float)number);
                return;
            case StorageType.Half:
                MemoryMarshal.Write(into, double.IsFinite(number) && Half.IsInfinity((Half)number)
                    ? throw Outside(number, type, place) : (Half)number);
                return;
            case StorageType.BFloat16:
                MemoryMarshal.Write(into, Upper((float)number));
                return;
        }
        (double least, double most) = type switch
        {
            StorageType.UInt8 => (0, byte.MaxValue),
            StorageType.Boolean => (0, 1),
            StorageType.Int32 => (int.MinValue, int.MaxValue),
            // The largest double below 2^63.
            _ => (long.MinValue, 9223372036854774784.0),
        };
        if (!(number >= least && number <= most && double.IsInteger(number)))
            throw Outside(number, type, place);
        long whole = (long)number;
        for (int i = 0; i < type.Size; i++)
            into[i] = (byte)(whole >> 8 * i);
    }

    static OverflowException Outside(double number, StorageType type, int place) => new(string.Create(
        CultureInfo.InvariantCulture, $"{number} (number {place}, row-major) cannot be kept as {type}: ")
            + "choose another type, or round and clip the numbers first.");

    // Round to nearest, ties to even, on the bits that are cut off; NaN stays NaN.
    static ushort Upper(float number)
    {
        uint bits = BitConverter.SingleToUInt32Bits(number);
        return float.IsNaN(number) ? (ushort)(bits >> 16 | 0x40) : (ushort)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
    }

    /// <summary>Type and shape: <c>BFloat16 [1000, 64]</c>.</summary>
    public override string ToString() => $"{Type} {Shape}";
}

/// <summary>Facts about a <see cref="StorageType"/>.</summary>
static class StorageTypes
{
    extension(StorageType type)
    {
        /// <summary>Bytes of one number.</summary>
        public int Size => SafetensorsType.SizeOf(type.FileName);

        /// <summary>What safetensors files call it.</summary>
        public string FileName => type switch
        {
            StorageType.Float64 => "F64",
            StorageType.Float32 => "F32",
            StorageType.Half => "F16",
            StorageType.BFloat16 => "BF16",
            StorageType.Int64 => "I64",
            StorageType.Int32 => "I32",
            StorageType.UInt8 => "U8",
            _ => "BOOL",
        };
    }

    /// <summary>The type that a file's name means, or null for one that is only read.</summary>
    public static StorageType? Named(string fileName)
    {
        foreach (StorageType type in Enum.GetValues<StorageType>())
            if (type.FileName == fileName)
                return type;
        return null;
    }

    public static StorageType Of<T>() where T : unmanaged => default(T) switch
    {
        double => StorageType.Float64,
        float => StorageType.Float32,
        Half => StorageType.Half,
        long => StorageType.Int64,
        int => StorageType.Int32,
        byte => StorageType.UInt8,
        bool => StorageType.Boolean,
        _ => throw new NotSupportedException($"Numbers of {typeof(T).Name} are not kept: use double, float, Half, "
            + "long, int, byte or bool."),
    };
}
