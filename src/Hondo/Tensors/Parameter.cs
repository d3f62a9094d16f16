using System.Runtime.CompilerServices;

namespace Hondo.Tensors;

/// <summary>
/// Numbers that training changes. Converts to <see cref="Tensor"/>, so that layers use it like one. Two models that
/// share a parameter each have their own name for it: then they list two objects over the same numbers, which are
/// equal.
/// </summary>
public sealed class Parameter : IEquatable<Parameter>
{
    readonly Numbers _numbers;

    /// <summary>A parameter whose numbers are drawn when its model is initialized.</summary>
    /// <param name="shape">The axes.</param>
    /// <param name="initializer">What draws the first numbers.</param>
    /// <param name="type">Float32 for work, Float64 for gradient checks.</param>
    public Parameter(Shape shape, IInitializer initializer, DType type = DType.Float32)
    {
        if (!type.IsFloating)
            throw new ArgumentException($"A parameter of type {type} could not be trained: use Float32.", nameof(type));
        _numbers = new(shape, initializer, this) { Type = type, IsDecayed = shape.Rank > 1 };
    }

    Parameter(Numbers numbers, string name) => (_numbers, Name) = (numbers, name);

    /// <summary>A parameter with given numbers.</summary>
    public static Parameter Of(Tensor values)
    {
        var parameter = new Parameter(values.Shape, GivenValues.Instance, values.DType) { IsInitialized = true };
        values.Node.Value.Bytes.CopyTo(parameter.Leaf.Value.Bytes);
        return parameter;
    }

    /// <summary>
    /// The name within the model that lists it, e.g. <c>hidden.weight</c>; empty until a model names its parts.
    /// </summary>
    public string Name { get; internal set; } = "";

    /// <summary>What draws the first numbers.</summary>
    public IInitializer Initializer => _numbers.Initializer;

    /// <summary>True once the numbers were drawn or given.</summary>
    public bool IsInitialized
    {
        get => _numbers.IsInitialized;
        internal set => _numbers.IsInitialized = value;
    }

    /// <summary>
    /// True when weight decay and other penalties apply; at first for weights, not biases or norms' scales.
    /// </summary>
    public bool IsDecayed { get => _numbers.IsDecayed; set => _numbers.IsDecayed = value; }

    /// <summary>
    /// False while it is frozen: it has no gradient then, and no optimizer changes it. It may be frozen and unfrozen at
    /// any time, also after its optimizer was made.
    /// </summary>
    public bool IsTrainable { get => _numbers.IsTrainable; set => _numbers.SetTrainable(value); }

    /// <summary>
    /// True for a convolution's weight [kernel…, inputs, outputs]: files hold it as [outputs, inputs, kernel…].
    /// </summary>
    public bool IsKernel
    {
        get => _numbers.IsKernel;
        init => _numbers.IsKernel = value;
    }

    /// <summary>The axes.</summary>
    public Shape Shape => _numbers.Shape;

    /// <summary>The type of the numbers.</summary>
    public DType DType => _numbers.Type;

    /// <summary>The numbers as a tensor over the same memory.</summary>
    public Tensor Value => new(_numbers.Leaf is null && ShapeTrace.Active is not null ? Traced() : Leaf, 0);

    /// <summary>A copy of the gradient of the last Backward.</summary>
    public Tensor Gradient => Value.Gradient;

    // Memory comes with the first use: a model of any size can be described, or compared with a file, without it.
    internal Leaf Leaf => _numbers.Leaf ??= Zeros();

    /// <summary>The slab of the optimizer that owns this parameter, or null.</summary>
    internal ParameterSlab? Slab
    {
        get => _numbers.Slab;
        set => _numbers.Slab = value;
    }

    /// <summary>This parameter under a model's name: itself, unless another model has named it otherwise.</summary>
    internal Parameter Named(string name)
    {
        if (Name.Length == 0)
            Name = name;
        return Name == name ? this : new(_numbers, name);
    }

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
        double[]? numbers = _numbers.Leaf is null ? null : Value.ToArray<double>();
        (_numbers.Type, _numbers.Leaf, Slab) = (type, null, null);
        if (numbers is not null)
            Leaf.Fill(numbers);
    }

    Leaf Zeros()
    {
        var leaf = new Leaf(Shape, DType, _numbers.First, IsTrainable);
        leaf.Value.Bytes.Clear();
        return leaf;
    }

    Leaf Traced() => new(Shape, DType, "Parameter", Block.Allocate(0));

    /// <summary>The parameter as a tensor.</summary>
    public static implicit operator Tensor(Parameter parameter) => parameter.Value;

    /// <summary>The parameter as a tensor.</summary>
    public Tensor ToTensor() => Value;

    /// <summary>True for the same numbers, whatever they are called.</summary>
    public bool Equals(Parameter? other) => ReferenceEquals(_numbers, other?._numbers);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Parameter);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(_numbers);

    /// <summary>True for the same numbers, whatever they are called.</summary>
    public static bool operator ==(Parameter? a, Parameter? b) => a is null ? b is null : a.Equals(b);

    /// <summary>True for other numbers.</summary>
    public static bool operator !=(Parameter? a, Parameter? b) => !(a == b);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Shape}";

    /// <summary>What all names of a parameter share.</summary>
    sealed class Numbers(Shape shape, IInitializer initializer, Parameter first)
    {
        public Shape Shape => shape;
        public IInitializer Initializer => initializer;
        public Parameter First => first;
        public DType Type { get; set; }
        public Leaf? Leaf { get; set; }
        public ParameterSlab? Slab { get; set; }
        public bool IsInitialized { get; set; }
        public bool IsDecayed { get; set; }
        public bool IsTrainable { get; private set; } = true;
        public bool IsKernel { get; set; }

        // Another node over the same memory: recordings with the old one differ, so that Backward is planned anew.
        public void SetTrainable(bool value)
        {
            if (IsTrainable != value)
                (IsTrainable, Leaf) = (value, Leaf?.As(value));
        }
    }
}
