using Hondo.Onnx.Graphs;
using Hondo.Onnx.Ops;
using Hondo.Onnx.Values;
using Hondo.Tensors;

namespace Hondo.Onnx.Import;

/// <summary>Between Hondo's tensors and those of files: images are features last here, channels first there.</summary>
static class Bridge
{
    /// <summary>A tensor as the graph's input takes it.</summary>
    public static OnnxTensor ToValue(Tensor x, ValueInfo info)
    {
        OnnxTensor value = ToPlainValue(x, info);
        return value.Rank == 4 && IsImage(value.Type) && !info.IsFeaturesLast ? ShapeOps.Transpose(value, 0, 3, 1, 2)
            : value;
    }

    /// <summary>A tensor that lies as the graph has it.</summary>
    public static OnnxTensor ToPlainValue(Tensor x, ValueInfo info)
    {
        int[] dims = [.. x.Shape];
        ElementType type = info.Type == ElementType.Undefined ? ElementType.Float32 : info.Type;
        return type.IsInteger() ? OnnxTensor.Of(type, dims, [.. x.ToArray<double>().Select(n => (long)Math.Round(n))])
            : OnnxTensor.Of(type, dims, x.ToArray<double>());
    }

    // Pixels are fractions or bytes; other whole numbers are places and tokens.
    static bool IsImage(ElementType type) => type.IsFloat() || type is ElementType.UInt8 or ElementType.Int8;

    /// <summary>A tensor, channels first.</summary>
    public static OnnxTensor FromTensor(Tensor x) =>
        ToValue(x, new("", "tensor", ElementType.Float32, null));

    /// <summary>A value of the graph as a tensor.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isFeaturesLast">Whether the file's images are features last too.</param>
    public static Tensor ToTensor(OnnxValue? value, bool isFeaturesLast = false)
    {
        if (value is not OnnxTensor tensor || tensor.Type == ElementType.String)
            throw new OnnxException($"The output is {value?.Describe() ?? "nothing"}; "
                + $"a layer gives a tensor of numbers.");
        if (tensor.Rank == 4 && tensor.IsFloat && !isFeaturesLast)
            tensor = ShapeOps.Transpose(tensor, 0, 2, 3, 1);
        var shape = Shape.Create(tensor.Dims);
        return tensor.IsFloat ? Tensor.Of(tensor.AsFloats(), shape)
            : Tensor.Of(tensor.Integers.Select(n => checked((int)n)).ToArray(), shape);
    }
}

/// <summary>How a value lies in Hondo's layers, beside how it lies in the file.</summary>
enum Layout
{
    /// <summary>[batch, channels, height, width] in the file, [batch, height, width, channels] in Hondo.</summary>
    Image,

    /// <summary>[batch, height, width, channels] in both, until a transpose of the file makes an image of it.</summary>
    FeaturesLast,

    /// <summary>[batch, channels, 1, 1] in the file, [batch, channels] in Hondo.</summary>
    Pooled,

    /// <summary>[batch, features] in both; where channels are told, the features are pixels of an image, which in the
    /// file lie channel by channel and in Hondo pixel by pixel.</summary>
    Rows,
}

/// <summary>The layout of a value and its channels; of rows 0 where the order of features is the file's.</summary>
/// <param name="Layout">How it lies.</param>
/// <param name="Channels">Its channels.</param>
/// <param name="Height">Rows of an image, 0 where the file does not say.</param>
/// <param name="Width">Columns of an image, 0 where the file does not say.</param>
readonly record struct Form(Layout Layout, int Channels, int Height = 0, int Width = 0);
