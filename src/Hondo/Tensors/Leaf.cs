namespace Hondo.Tensors;

/// <summary>A node that no tape owns: data, a constant, a result outside steps, or a parameter.</summary>
sealed class Leaf : Node
{
    public Leaf(Shape shape, DType type, string name = "Constant")
        : this(shape, type, name, Block.Allocate(Block.BytesOf(shape, type))) { }

    public Leaf(Shape shape, DType type, string name, Block value) : base(shape, type, needsGradient: false, tape: null)
    {
        Value = value;
        Name = name;
    }

    public Leaf(Shape shape, DType type, Parameter parameter, bool needsGradient)
        : base(shape, type, needsGradient, tape: null)
    {
        Value = Block.Allocate(Block.BytesOf(shape, type));
        Gradient = Block.Allocate(Value.Length);
        Gradient.Bytes.Clear();
        KeepsGradient = true;
        Name = "Parameter";
        Parameter = parameter;
    }

    Leaf(Leaf other, bool needsGradient) : base(other.Shape, other.Type, needsGradient, tape: null)
    {
        (Value, Gradient, KeepsGradient) = (other.Value, other.Gradient, other.KeepsGradient);
        (Name, Parameter) = (other.Name, other.Parameter);
    }

    /// <summary>A leaf over the same memory, with a gradient to come or without.</summary>
    public Leaf As(bool needsGradient) => new(this, needsGradient);

    public override string Name { get; }

    public override ReadOnlySpan<Node> Inputs => [];

    /// <summary>The parameter whose numbers these are, if any.</summary>
    public Parameter? Parameter { get; }

    /// <summary>For a copy of a gradient: the steps that were open when it was read.</summary>
    public GradientOrigin? Origin { get; init; }

    public override bool IsOfGradient => Origin?.IsOpen ?? false;

    /// <summary>The last Backward that reached this leaf, and its number among those of its loss.</summary>
    public BackwardPlan? ReachedBy { get; set; }

    public long ReachedRun { get; set; }

    /// <summary>
    /// True when an optimizer has made a step by the loss that this gradient came from, and left this one behind.
    /// </summary>
    public bool IsLeftOver => ReachedBy is { } plan && plan.UsedRun >= ReachedRun;

    /// <summary>Sets the numbers.</summary>
    public void Fill(ReadOnlySpan<double> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
            if (Type == DType.Float64)
                Value.As<double>()[i] = numbers[i];
            else
                Value.As<float>()[i] = (float)numbers[i];
    }

    /// <summary>Forgets the gradient.</summary>
    public void ZeroGradient()
    {
        Gradient.Bytes.Clear();
        HasFreshGradient = false;
    }

    /// <summary>True from a Backward that reached this leaf until an optimizer has used the gradient.</summary>
    public bool HasFreshGradient { get; set; }

    /// <summary>The gradient, for a checkpoint between two batches of one update.</summary>
    public Tensor CopyOfGradient()
    {
        var copy = new Leaf(Shape, Type);
        Gradient.Bytes.CopyTo(copy.Value.Bytes);
        return new(copy, 0);
    }

    /// <summary>Puts a gradient back that no optimizer has used yet.</summary>
    public void SetGradient(Tensor gradient)
    {
        gradient.Node.Value.Bytes.CopyTo(Gradient.Bytes);
        (HasFreshGradient, ReachedBy) = (true, null);
    }
}

/// <summary>The identity, whose result keeps its gradient: an input that one wants to differentiate by.</summary>
/// <param name="Label">What drawings call it.</param>
readonly record struct Watch(string Label) : IOp, ILinearOp
{
    static string IOp.Name => "Watch";

    static bool IOp.StartsGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y) => x[0].Data.CopyTo(y.Data);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        View<T> into = dx[0];
        if (into.IsNeeded)
            for (int i = 0; i < into.Length; i++)
                into[i] += dy[i];
    }
}
