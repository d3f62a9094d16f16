namespace Hondo.Onnx.Values;

/// <summary>The types of numbers that a file may hold, by their numbers in it.</summary>
enum ElementType
{
    Undefined = 0,
    Float32 = 1,
    UInt8 = 2,
    Int8 = 3,
    UInt16 = 4,
    Int16 = 5,
    Int32 = 6,
    Int64 = 7,
    String = 8,
    Bool = 9,
    Float16 = 10,
    Float64 = 11,
    UInt32 = 12,
    UInt64 = 13,
    Complex64 = 14,
    Complex128 = 15,
    BFloat16 = 16,
    Float8E4M3FN = 17,
    Float8E4M3FNUZ = 18,
    Float8E5M2 = 19,
    Float8E5M2FNUZ = 20,
    UInt4 = 21,
    Int4 = 22,
    Float4E2M1 = 23,
    Float8E8M0 = 24,
    UInt2 = 25,
    Int2 = 26,
}

/// <summary>What is known of each type.</summary>
static class ElementFacts
{
    /// <summary>True for the types that hold fractions; they are computed with in double, and rounded.</summary>
    public static bool IsFloat(this ElementType type) => type is ElementType.Float32 or ElementType.Float64
        or ElementType.Float16 or ElementType.BFloat16 || type.IsSmallFloat();

    /// <summary>True for the floats of 4 and 8 bits, which are listed value by value.</summary>
    public static bool IsSmallFloat(this ElementType type) => type is ElementType.Float8E4M3FN
        or ElementType.Float8E4M3FNUZ or ElementType.Float8E5M2 or ElementType.Float8E5M2FNUZ
        or ElementType.Float4E2M1 or ElementType.Float8E8M0;

    /// <summary>True for whole numbers and Booleans; they are computed with in 64 bits, and wrapped.</summary>
    public static bool IsInteger(this ElementType type) => type.IsUnsigned() || type is ElementType.Int8
        or ElementType.Int16 or ElementType.Int32 or ElementType.Int64 or ElementType.Int4 or ElementType.Int2
        or ElementType.Bool;

    /// <summary>True for whole numbers that have no sign.</summary>
    public static bool IsUnsigned(this ElementType type) => type is ElementType.UInt8 or ElementType.UInt16
        or ElementType.UInt32 or ElementType.UInt64 or ElementType.UInt4 or ElementType.UInt2;

    /// <summary>Bits of a number in a file.</summary>
    public static int Bits(this ElementType type) => type switch
    {
        ElementType.Float64 or ElementType.Int64 or ElementType.UInt64 => 64,
        ElementType.Float32 or ElementType.Int32 or ElementType.UInt32 => 32,
        ElementType.Float16 or ElementType.BFloat16 or ElementType.Int16 or ElementType.UInt16 => 16,
        ElementType.UInt4 or ElementType.Int4 or ElementType.Float4E2M1 => 4,
        ElementType.UInt2 or ElementType.Int2 => 2,
        _ => 8,
    };

    /// <summary>The nearest number that the type can hold; ties go to the even one.</summary>
    public static double Round(this ElementType type, double x) => type switch
    {
        ElementType.Float64 => x,
        ElementType.Float32 => (float)x,
        ElementType.Float16 => (double)(Half)x,
        ElementType.BFloat16 => RoundToBFloat16(x),
        _ => SmallFloat.Of(type).Round(x, saturate: true),
    };

    static double RoundToBFloat16(double x)
    {
        uint bits = BitConverter.SingleToUInt32Bits((float)x);
        if (double.IsNaN(x))
            return double.NaN;
        bits += 0x7FFF + ((bits >> 16) & 1);
        return BitConverter.UInt32BitsToSingle(bits & 0xFFFF0000);
    }

    /// <summary>The number that is left of x in the type's bits.</summary>
    public static long Wrap(this ElementType type, long x) => type switch
    {
        ElementType.UInt8 => (byte)x,
        ElementType.Int8 => (sbyte)x,
        ElementType.UInt16 => (ushort)x,
        ElementType.Int16 => (short)x,
        ElementType.Int32 => (int)x,
        ElementType.UInt32 => (uint)x,
        ElementType.UInt4 => x & 15,
        ElementType.Int4 => x << 60 >> 60,
        ElementType.UInt2 => x & 3,
        ElementType.Int2 => x << 62 >> 62,
        ElementType.Bool => x != 0 ? 1 : 0,
        _ => x,
    };

    /// <summary>The smallest and the largest whole number of the type; of UInt64 what fits 63 bits.</summary>
    public static (long Least, long Most) Range(this ElementType type)
    {
        int bits = type.Bits();
        return type == ElementType.Bool ? (0, 1)
            : type.IsUnsigned() ? (0, bits == 64 ? long.MaxValue : (1L << bits) - 1)
            : (bits == 64 ? long.MinValue : -(1L << (bits - 1)), (long)((1UL << (bits - 1)) - 1));
    }

    /// <summary>The name as ONNX's pages write it.</summary>
    public static string Name(this ElementType type) => type switch
    {
        ElementType.Float32 => "float",
        ElementType.Float64 => "double",
        _ => type.ToString().ToLowerInvariant(),
    };
}
