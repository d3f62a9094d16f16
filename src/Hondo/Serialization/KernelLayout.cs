using Hondo.Tensors;

namespace Hondo.Serialization;

/// <summary>
/// Kernels of convolutions lie [kernel…, inputs, outputs] in memory and [outputs, inputs, kernel…] in files, as PyTorch
/// and ONNX have them. Everything else is the same in both.
/// </summary>
static class KernelLayout
{
    /// <summary>The parameter's axes in a file.</summary>
    public static Shape ShapeInFile(Parameter parameter)
    {
        Shape shape = parameter.Shape;
        return parameter.IsKernel ? [shape[^1], shape[^2], .. shape[..^2]] : shape;
    }

    /// <summary>The parameter's numbers for a file.</summary>
    public static Tensor ToFile(Parameter parameter)
    {
        if (!parameter.IsKernel)
            return parameter.Value;
        Shape shape = parameter.Shape, turned = ShapeInFile(parameter);
        return parameter.DType == DType.Float64
            ? Tensor.Of(Turn(parameter.Values<double>(), shape), turned)
            : Tensor.Of(Turn(parameter.Values<float>(), shape), turned);
    }

    /// <summary>The parameter's numbers from a file.</summary>
    public static Tensor FromFile(Parameter parameter, Tensor values)
    {
        if (!parameter.IsKernel)
            return values;
        Shape shape = parameter.Shape;
        return values.DType == DType.Float64
            ? Tensor.Of(TurnBack(values.ToArray<double>(), shape), shape)
            : Tensor.Of(TurnBack(values.ToArray<float>(), shape), shape);
    }

    static T[] Turn<T>(ReadOnlySpan<T> values, Shape shape)
    {
        var (places, inputs, outputs) = Sizes(shape);
        var turned = new T[values.Length];
        for (int i = 0; i < values.Length; i++)
            turned[(i % outputs * inputs + i / outputs % inputs) * places + i / outputs / inputs] = values[i];
        return turned;
    }

    static T[] TurnBack<T>(ReadOnlySpan<T> values, Shape shape)
    {
        var (places, inputs, outputs) = Sizes(shape);
        var back = new T[values.Length];
        for (int i = 0; i < values.Length; i++)
            back[i] = values[(i % outputs * inputs + i / outputs % inputs) * places + i / outputs / inputs];
        return back;
    }

    static (int Places, int Inputs, int Outputs) Sizes(Shape shape) =>
        (shape.SizeBefore(shape.Rank - 2), shape[^2], shape[^1]);
}
