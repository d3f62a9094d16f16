using Hondo.Onnx.Gradients;
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
        if (info.Type == ElementType.String || info.Kind.Contains("sequence") || info.Kind == "map")
            throw new OnnxNotSupportedException($"The input '{info.Name}' is {info}, but a tensor holds numbers "
                + "alone.");
        int[] dims = [.. x.Shape];
        ElementType type = info.Type == ElementType.Undefined ? ElementType.Float32 : info.Type;
        return type.IsInteger() ? OnnxTensor.Of(type, dims, [.. x.ToArray<double>().Select(n => (long)Math.Round(n))])
            : OnnxTensor.Of(type, dims, x.ToArray<double>());
    }

    /// <summary>A tensor as the graph's input takes it, with its place on the tape where it holds float32.</summary>
    public static OnnxValue ToTapeValue(Tensor x, ValueInfo info) => !IsOnTape(x, info)
        ? ShapeTrace.Active is null ? ToValue(x, info) : ToValue(Tensor.Zeros(x.Shape, x.DType), info)
        : x.Shape.Rank == 4 && !info.IsFeaturesLast ? TapeValue.FeaturesLast(x, Known(info))
        : TapeValue.Of(x, Known(info));

    /// <summary>The same of a tensor that lies as the graph has it.</summary>
    public static OnnxValue ToPlainTapeValue(Tensor x, ValueInfo info) => IsOnTape(x, info)
        ? TapeValue.Of(x, Known(info)) : ToPlainValue(x, info);

    static bool IsOnTape(Tensor x, ValueInfo info) => x.DType.IsFloating
        && Known(info) is ElementType.Float32 or ElementType.Float16 or ElementType.BFloat16;

    static ElementType Known(ValueInfo info) => info.Type == ElementType.Undefined ? ElementType.Float32 : info.Type;

    // Pixels are fractions or bytes; other whole numbers are places and tokens.
    static bool IsImage(ElementType type) => type.IsFloat() || type is ElementType.UInt8 or ElementType.Int8;

    /// <summary>A tensor, channels first.</summary>
    public static OnnxTensor FromTensor(Tensor x) =>
        ToValue(x, new("", "tensor", ElementType.Float32, null));

    /// <summary>A value of the graph as a tensor.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isFeaturesLast">Whether the file's images are features last too.</param>
    /// <param name="name">The output's name.</param>
    public static Tensor ToTensor(OnnxValue? value, bool isFeaturesLast = false, string name = "")
    {
        if (value is TapeValue on)
            return on.Rank == 4 && !isFeaturesLast ? on.Last : on.InFile;
        if (value is not OnnxTensor tensor || tensor.Type == ElementType.String)
            throw new OnnxException($"The output '{name}' is {value?.Describe() ?? "nothing"}; "
                + $"a layer gives a tensor of numbers.");
        if (!tensor.IsFloat && Array.Find(tensor.Integers, n => n != (int)n) is not 0 and var large)
            throw new OnnxException($"The output '{name}' has the number {large}, which is more than 32 bits hold.");
        if (tensor.Rank == 4 && tensor.IsFloat && !isFeaturesLast)
            tensor = ShapeOps.Transpose(tensor, 0, 2, 3, 1);
        var shape = Shape.Create(tensor.Dims);
        return tensor.IsFloat ? Tensor.Of(tensor.AsFloats(), shape)
            : Tensor.Of(tensor.AsInts(), shape);
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
