using Hondo.Tensors;

namespace Hondo.Autograd;

/// <summary>A node's other numbers: its gradient, its tangent, and the tangent of its gradient.</summary>
sealed class Twin(Node node)
{
    public Node Node => node;

    /// <summary>dy/d(node).</summary>
    public Block Gradient { get; } = New(node);

    /// <summary>The derivative of the node in the direction; empty where it does not depend on what moves.</summary>
    public Block Tangent { get; private set; }

    /// <summary>The derivative of <see cref="Gradient"/> in the direction.</summary>
    public Block GradientTangent { get; } = New(node);

    public void Move() => Tangent = New(node);

    /// <summary>The node with other numbers, for an op's code.</summary>
    public Mirror As(Block value, Block gradient, bool needsGradient = true) =>
        new(node, value, gradient, needsGradient && node.NeedsGradient);

    static Block New(Node node) => Block.Allocate(node.Value.Length);
}

/// <summary>A node of another's shape and type, over other memory.</summary>
sealed class Mirror : Node
{
    readonly Node _of;

    public Mirror(Node of, Block value, Block gradient, bool needsGradient, DType? type = null)
        : base(of.Shape, type ?? of.Type, needsGradient, null) => (_of, Value, Gradient) = (of, value, gradient);

    public override string Name => _of.Name;

    public override ReadOnlySpan<Node> Inputs => [];
}
