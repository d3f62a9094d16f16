namespace Hondo.Onnx.Values;

/// <summary>The bits of numbers.</summary>
static class TensorBits
{
    /// <summary>The number of some bits.</summary>
    public static double FloatOf(ElementType type, long code) => type switch
    {
        ElementType.Float64 => BitConverter.Int64BitsToDouble(code),
        ElementType.Float32 => BitConverter.Int32BitsToSingle((int)code),
        ElementType.Float16 => (double)BitConverter.UInt16BitsToHalf((ushort)code),
        ElementType.BFloat16 => BitConverter.Int32BitsToSingle((int)code << 16),
        _ => SmallFloat.Of(type).Decode((int)code & (type.Bits() == 4 ? 15 : 255)),
    };

    /// <summary>The bits of a number.</summary>
    public static long CodeOf(ElementType type, double x) => type switch
    {
        ElementType.Float64 => BitConverter.DoubleToInt64Bits(x),
        ElementType.Float32 => BitConverter.SingleToInt32Bits((float)x),
        ElementType.Float16 => BitConverter.HalfToUInt16Bits((Half)x),
        ElementType.BFloat16 => (long)(BitConverter.SingleToUInt32Bits((float)x) >> 16),
        _ => SmallFloat.Of(type).Encode(x),
    };
}
