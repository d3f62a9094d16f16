using System.Buffers.Binary;
using System.Text;
using Hondo.Onnx.Graphs;
using Hondo.Onnx.Proto;

namespace Hondo.Onnx.Values;

/// <summary>Tensors of a file: sizes are checked when the file is opened, numbers decoded when used.</summary>
sealed class TensorReader(ExternalData? external)
{
    /// <summary>A tensor of the file.</summary>
    /// <exception cref="OnnxException">Type, shape and data do not fit each other.</exception>
    public OnnxTensor Read(TensorProto proto)
    {
        string name = proto.Name.Length > 0 ? $"Tensor '{proto.Name}'" : "A tensor without a name";
        ElementType type = TypeOf(proto.DataType, name);
        if (proto.Segment is not null)
            throw new OnnxNotSupportedException($"{name} is stored in segments, which no writer makes any more.");
        int[] dims = DimsOf(proto, name);
        int size = Dimensions.Product(dims);
        long bytes = ((long)size * type.Bits() + 7) / 8;
        if (proto.DataLocation == 1)
        {
            Func<byte[]> file = (external ?? throw new OnnxException($"{name} lies outside of the file, but this file "
                + "has no folder to look in.")).Find(proto, bytes, name);
            return new(type, dims, sink => Decode(type, file(), size, sink));
        }
        if (proto.RawData.Length > 0 || (Typed(proto, type) == 0 && size == 0))
            return proto.RawData.Length == bytes
                ? new(type, dims, sink => Decode(type, proto.RawData.Span, size, sink))
                : throw new OnnxException($"{name}, {type.Name()} [{string.Join(", ", dims)}], takes {bytes} bytes, "
                    + $"but has {proto.RawData.Length}: the file is damaged.");
        int expected = type.Bits() < 8 ? (size * type.Bits() + 7) / 8 : size;
        if (Typed(proto, type) != expected)
            throw new OnnxException($"{name}, {type.Name()} [{string.Join(", ", dims)}], needs {expected} numbers, but "
                + $"has {Typed(proto, type)}: the file is damaged.");
        return new(type, dims, sink => DecodeTyped(proto, type, size, sink));
    }

    static ElementType TypeOf(int number, string name)
    {
        var type = (ElementType)number;
        if (type == ElementType.Undefined || !Enum.IsDefined(type))
            throw new OnnxException($"{name} has type number {number}, which ONNX does not have.");
        return type is ElementType.Complex64 or ElementType.Complex128
            ? throw new OnnxNotSupportedException($"{name} holds complex numbers, which Hondo does not compute with.")
            : type;
    }

    static int[] DimsOf(TensorProto proto, string name)
    {
        if (proto.Dims.Count > 64)
            throw new OnnxException($"{name} has {proto.Dims.Count} axes: more than 64 is not a tensor.");
        foreach (long dim in proto.Dims)
            if (dim is < 0 or > int.MaxValue)
                throw new OnnxException($"{name} has an axis of length {dim}.");
        try
        {
            int[] dims = [.. proto.Dims.Select(dim => (int)dim)];
            _ = Dimensions.Product(dims);
            return dims;
        }
        catch (OnnxException error)
        {
            throw new OnnxException($"{name}: {error.Message}", error);
        }
    }

    static int Typed(TensorProto proto, ElementType type) => type switch
    {
        ElementType.Float32 => proto.FloatData.Count,
        ElementType.Float64 => proto.DoubleData.Count,
        ElementType.Int64 => proto.Int64Data.Count,
        ElementType.UInt64 or ElementType.UInt32 => proto.Uint64Data.Count,
        ElementType.String => proto.StringData.Count,
        _ => proto.Int32Data.Count,
    };

    static ITensorSink DecodeTyped(TensorProto proto, ElementType type, int size, ITensorSink sink)
    {
        for (int i = 0; i < size; i++)
            if (type == ElementType.Float32)
                sink.Float(i, proto.FloatData[i]);
            else if (type == ElementType.Float64)
                sink.Float(i, proto.DoubleData[i]);
            else if (type == ElementType.Int64)
                sink.Integer(i, proto.Int64Data[i]);
            else if (type is ElementType.UInt64 or ElementType.UInt32)
                sink.Integer(i, (long)proto.Uint64Data[i]);
            else if (type == ElementType.String)
                sink.Text(i, Encoding.UTF8.GetString(proto.StringData[i].Span));
            else
                Packed(type, proto.Int32Data[i * Math.Min(8, type.Bits()) / 8], i, sink);
        return sink;
    }

    // Types of less than 32 bits lie in int32, those of less than 8 several to a number, the lowest bits first.
    static void Packed(ElementType type, int word, int i, ITensorSink sink)
    {
        int bits = type.Bits();
        if (bits < 8)
            word = (word >> (i % (8 / bits) * bits)) & ((1 << bits) - 1);
        if (type.IsFloat())
            sink.Float(i, TensorBits.FloatOf(type, word));
        else
            sink.Integer(i, type.Wrap(word));
    }

    static ITensorSink Decode(ElementType type, ReadOnlySpan<byte> bytes, int size, ITensorSink sink)
    {
        int width = type.Bits() / 8;
        for (int i = 0; i < size; i++)
            if (type == ElementType.Float32)
                sink.Float(i, BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * 4)..]));
            else if (type == ElementType.Float64)
                sink.Float(i, BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * 8)..]));
            else if (width == 8)
                sink.Integer(i, BinaryPrimitives.ReadInt64LittleEndian(bytes[(i * 8)..]));
            else if (width == 4)
                sink.Integer(i, type.Wrap(BinaryPrimitives.ReadInt32LittleEndian(bytes[(i * 4)..])));
            else if (width == 2)
                Packed(type, BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i * 2)..]), i, sink);
            else if (type == ElementType.String)
                throw new OnnxException("Texts cannot lie in raw data.");
            else
                Packed(type, bytes[i * type.Bits() / 8], i, sink);
        return sink;
    }
}
