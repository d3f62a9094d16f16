using System.Numerics;

namespace Hondo.Tensors;

/// <summary>Numbers that training changes. Converts to <see cref="Tensor"/>, so that layers use it like one.</summary>
public sealed class Parameter
{
    Leaf? _leaf;

    /// <summary>A parameter whose numbers are drawn when its model is initialized.</summary>
    /// <param name="shape">The axes.</param>
    /// <param name="initializer">What draws the first numbers.</param>
    /// <param name="type">Float32 for work, Float64 for gradient checks.</param>
    public Parameter(Shape shape, IInitializer initializer, DType type = DType.Float32)
    {
        if (!type.IsFloating)
            throw new ArgumentException($"A parameter of type {type} could not be trained: use Float32.", nameof(type));
        Initializer = initializer;
        IsDecayed = shape.Rank > 1;
        (Shape, DType) = (shape, type);
    }

    /// <summary>A parameter with given numbers.</summary>
    public static Parameter Of(Tensor values)
    {
        var parameter = new Parameter(values.Shape, GivenValues.Instance, values.DType) { IsInitialized = true };
        values.Node.Value.Bytes.CopyTo(parameter.Leaf.Value.Bytes);
        return parameter;
    }

    /// <summary>The name within the model, e.g. <c>hidden.weight</c>; empty until the model names its parts.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>What draws the first numbers.</summary>
    public IInitializer Initializer { get; }

    /// <summary>True once the numbers were drawn or given.</summary>
    public bool IsInitialized { get; internal set; }

    /// <summary>
    /// True when weight decay and other penalties apply; at first for weights, not biases or norms' scales.
    /// </summary>
    public bool IsDecayed { get; set; }

    /// <summary>False keeps an optimizer from changing it: set it before the optimizer is made.</summary>
    public bool IsTrainable { get; set; } = true;

    /// <summary>
    /// True for a convolution's weight [kernel…, inputs, outputs]: files hold it as [outputs, inputs, kernel…].
    /// </summary>
    public bool IsKernel { get; init; }

    /// <summary>The axes.</summary>
    public Shape Shape { get; }

    /// <summary>The type of the numbers.</summary>
    public DType DType { get; private set; }

    /// <summary>The numbers as a tensor over the same memory.</summary>
    public Tensor Value => new(_leaf is null && ShapeTrace.Active is not null ? Traced() : Leaf, 0);

    /// <summary>A copy of the gradient of the last Backward.</summary>
    public Tensor Gradient => Value.Gradient;

    // Memory comes with the first use: a model of any size can be described, or compared with a file, without it.
    internal Leaf Leaf => _leaf ??= Zeros();

    /// <summary>The slab of the optimizer that owns this parameter, or null.</summary>
    internal ParameterSlab? Slab { get; set; }

    /// <summary>Replaces the numbers.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public void Set(Tensor values)
    {
        if (values.Shape != Shape)
            throw new ShapeException($"Parameter {Name} is {Shape}, but got values of {values.Shape}.");
        if (values.DType != DType)
            throw new ArgumentException($"Parameter {Name} holds {DType}, but got {values.DType}.", nameof(values));
        values.Node.Value.Bytes.CopyTo(Leaf.Value.Bytes);
        IsInitialized = true;
    }

    /// <summary>The numbers, to change in place.</summary>
    public Span<T> Values<T>() where T : unmanaged
    {
        _ = Value.Values<T>();
        return Leaf.Value.As<T>();
    }

    /// <summary>Draws the first numbers, unless the parameter has some.</summary>
    internal void Draw(ulong seed)
    {
        if (IsInitialized)
            return;
        ulong stream = RandomStream.Of(Name);
        if (DType == DType.Float64)
            Initializer.Fill(Leaf.Value.As<double>(), Shape, seed, stream);
        else
            Initializer.Fill(Leaf.Value.As<float>(), Shape, seed, stream);
        IsInitialized = true;
    }

    internal void ConvertTo(DType type)
    {
        if (type == DType)
            return;
        double[]? numbers = _leaf is null ? null : Value.ToArray<double>();
        (DType, _leaf, Slab) = (type, null, null);
        for (int i = 0; i < numbers?.Length; i++)
            if (type == DType.Float64)
                Leaf.Value.As<double>()[i] = numbers[i];
            else
                Leaf.Value.As<float>()[i] = (float)numbers[i];
    }

    Leaf Zeros()
    {
        var leaf = new Leaf(Shape, DType, this);
        leaf.Value.Bytes.Clear();
        return leaf;
    }

    Leaf Traced() => new(Shape, DType, "Parameter", Block.Allocate(0));

    /// <summary>The parameter as a tensor.</summary>
    public static implicit operator Tensor(Parameter parameter) => parameter.Value;

    /// <summary>The parameter as a tensor.</summary>
    public Tensor ToTensor() => Value;

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Shape}";
}

/// <summary>Draws a parameter's first numbers, as a pure function of a seed and the parameter's name.</summary>
public interface IInitializer
{
    /// <summary>Fills the numbers of a parameter.</summary>
    /// <param name="values">What to fill.</param>
    /// <param name="shape">The parameter's axes, from which fan-in and fan-out follow.</param>
    /// <param name="seed">The model's seed.</param>
    /// <param name="stream">The parameter's own stream: a hash of its name, so that no layer disturbs another.</param>
    void Fill<T>(Span<T> values, Shape shape, ulong seed, ulong stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>The initializer of a parameter that was made with given numbers: it keeps them.</summary>
sealed class GivenValues : IInitializer
{
    public static GivenValues Instance { get; } = new();

    public void Fill<T>(Span<T> values, Shape shape, ulong seed, ulong stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        throw new InvalidOperationException("This parameter was made with given values and cannot be drawn anew.");
}
