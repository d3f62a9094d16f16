using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Numbers of a layer that files keep but training does not learn, such as batch norm's running mean.
/// </summary>
public sealed class State
{
    readonly double _start;
    Leaf? _leaf;

    /// <summary>A state that holds one number everywhere at first.</summary>
    public State(Shape shape, double value) => (Shape, _start) = (shape, value);

    /// <summary>The name within the model.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The axes.</summary>
    public Shape Shape { get; }

    /// <summary>The type of the numbers.</summary>
    public DType DType { get; private set; }

    /// <summary>The numbers.</summary>
    public Tensor Value => new(_leaf ??= Filled(), 0);

    /// <summary>The numbers, to change in place.</summary>
    public Span<T> Values<T>() where T : unmanaged
    {
        _ = Value.Values<T>();
        return Value.Node.Value.As<T>();
    }

    /// <summary>Replaces the numbers.</summary>
    /// <exception cref="ArgumentException">Shape or type differ.</exception>
    public void Set(Tensor values)
    {
        if (values.Shape != Shape || values.DType != DType)
            throw new ArgumentException($"State {Name} is {DType} {Shape}, but got {values.DType} {values.Shape}.",
                nameof(values));
        values.Node.Value.Bytes.CopyTo(Value.Node.Value.Bytes);
    }

    internal void ConvertTo(DType type)
    {
        double[] numbers = Value.ToArray<double>();
        (DType, _leaf) = (type, null);
        for (int i = 0; i < numbers.Length; i++)
            if (type == DType.Float64)
                Value.Node.Value.As<double>()[i] = numbers[i];
            else
                Value.Node.Value.As<float>()[i] = (float)numbers[i];
    }

    // Memory comes with the first use, as that of parameters.
    Leaf Filled()
    {
        var leaf = new Leaf(Shape, DType);
        if (DType == DType.Float64)
            leaf.Value.As<double>().Fill(_start);
        else
            leaf.Value.As<float>().Fill((float)_start);
        return leaf;
    }
}

/// <summary>Shapes with their axes named, for errors.</summary>
static class AxisNames
{
    /// <summary>The shape of a layer's input: <c>[batch 32, height 28, width 28, channels 3]</c>.</summary>
    public static string Describe(Shape shape) => shape switch
    {
        [var features] => $"[features {features}]",
        [var batch, var features] => $"[batch {batch}, features {features}]",
        [var batch, var time, var features] => $"[batch {batch}, time {time}, features {features}]",
        [var batch, var height, var width, var channels] =>
            $"[batch {batch}, height {height}, width {width}, channels {channels}]",
        _ => shape.ToString(),
    };
}
