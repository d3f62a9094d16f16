using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Hondo.Tensors;

namespace Hondo.Storage;

/// <summary>The number types of safetensors files, and how each becomes one of Hondo's.</summary>
static class SafetensorsType
{
    /// <summary>Bytes of one number, or 0 for a type that is not known.</summary>
    public static int SizeOf(string type) => type switch
    {
        "F64" or "I64" => 8,
        "F32" or "I32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "U8" or "I8" or "BOOL" => 1,
        _ => 0,
    };

    /// <summary>The type that numbers become in memory: whole numbers Int32, half precision Float32.</summary>
    public static DType InMemory(string type) => type switch
    {
        "F64" => DType.Float64,
        "F32" or "F16" or "BF16" => DType.Float32,
        _ => DType.Int32,
    };

    /// <summary>How a type is called in files.</summary>
    public static string NameOf(DType type) => type switch
    {
        DType.Float64 => "F64",
        DType.Int32 => "I32",
        _ => "F32",
    };

    /// <summary>Turns the bytes of a file into numbers.</summary>
    /// <param name="type">The file's type.</param>
    /// <param name="bytes">What the file holds.</param>
    /// <param name="into">The memory of a tensor of the type that <see cref="InMemory"/> tells.</param>
    /// <exception cref="OverflowException">A 64-bit number does not fit into 32 bits.</exception>
    public static void Convert(string type, ReadOnlySpan<byte> bytes, Span<byte> into)
    {
        Span<int> whole = MemoryMarshal.Cast<byte, int>(into);
        Span<float> real = MemoryMarshal.Cast<byte, float>(into);
        int size = SizeOf(type);
        switch (type)
        {
            case "F64" or "F32" or "I32":
                bytes.CopyTo(into);
                break;
            case "F16" or "BF16":
                for (int i = 0; i < real.Length; i++)
                    real[i] = Half(type, bytes.Slice(i * size, size));
                break;
            default:
                for (int i = 0; i < whole.Length; i++)
                    whole[i] = Whole(type, bytes.Slice(i * size, size));
                break;
        }
    }

    // BF16 is the upper half of a float32.
    static float Half(string type, ReadOnlySpan<byte> bytes) => type == "F16"
        ? (float)BinaryPrimitives.ReadHalfLittleEndian(bytes)
        : BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16);

    static int Whole(string type, ReadOnlySpan<byte> bytes) => type switch
    {
        "I64" => checked((int)BinaryPrimitives.ReadInt64LittleEndian(bytes)),
        "I16" => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        "U16" => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        "I8" => (sbyte)bytes[0],
        _ => bytes[0],
    };
}
