using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Numbers of a layer that files keep but training does not learn, such as batch norm's running mean.
/// </summary>
public sealed class State
{
    readonly Numbers _numbers;

    /// <summary>A state that holds one number everywhere at first.</summary>
    public State(Shape shape, double value) => _numbers = new(shape, value);

    State(Numbers numbers, string name) => (_numbers, Name) = (numbers, name);

    /// <summary>The name within the model that lists it.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The axes.</summary>
    public Shape Shape => _numbers.Shape;

    /// <summary>The type of the numbers.</summary>
    public DType DType => _numbers.Type;

    /// <summary>True while its layer is frozen: training leaves it as it is.</summary>
    public bool IsFrozen
    {
        get => _numbers.IsFrozen;
        set => _numbers.IsFrozen = value;
    }

    /// <summary>The numbers.</summary>
    public Tensor Value => new(_numbers.Leaf ??= Filled(), 0);

    /// <summary>This state under a model's name: itself, unless another model has named it otherwise.</summary>
    internal State Named(string name)
    {
        if (Name.Length == 0)
            Name = name;
        return Name == name ? this : new(_numbers, name);
    }

    /// <summary>True for the same numbers, whatever they are called.</summary>
    internal bool IsSameAs(State other) => ReferenceEquals(_numbers, other._numbers);

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
        (_numbers.Type, _numbers.Leaf) = (type, new Leaf(Shape, type));
        _numbers.Leaf.Fill(numbers);
    }

    // Memory comes with the first use, as that of parameters.
    Leaf Filled()
    {
        var leaf = new Leaf(Shape, DType);
        if (DType == DType.Float64)
            leaf.Value.As<double>().Fill(_numbers.Start);
        else
            leaf.Value.As<float>().Fill((float)_numbers.Start);
        return leaf;
    }

    /// <summary>What all names of a state share.</summary>
    sealed class Numbers(Shape shape, double start)
    {
        public Shape Shape => shape;

        public double Start => start;

        public DType Type { get; set; }

        public Leaf? Leaf { get; set; }

        public bool IsFrozen { get; set; }
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
