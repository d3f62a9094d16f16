using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>Numbers of a layer that files keep but training does not learn, such as batch norm's running mean.</summary>
public sealed class State
{
    /// <summary>A state that holds one number everywhere at first.</summary>
    public State(Shape shape, double value) => Value = Filled(shape, value);

    /// <summary>The name within the model.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The numbers.</summary>
    public Tensor Value { get; private set; }

    /// <summary>The numbers, to change in place.</summary>
    public Span<T> Values<T>() where T : unmanaged
    {
        _ = Value.Values<T>();
        return Value.Node.Value.As<T>();
    }

    internal void ConvertTo(DType type)
    {
        double[] numbers = Value.ToArray<double>();
        var leaf = new Leaf(Value.Shape, type);
        if (type == DType.Float64)
            numbers.CopyTo(leaf.Value.As<double>());
        else
            for (int i = 0; i < numbers.Length; i++)
                leaf.Value.As<float>()[i] = (float)numbers[i];
        Value = new(leaf, 0);
    }

    static Tensor Filled(Shape shape, double value)
    {
        var leaf = new Leaf(shape, DType.Float32);
        leaf.Value.As<float>().Fill((float)value);
        return new(leaf, 0);
    }
}
