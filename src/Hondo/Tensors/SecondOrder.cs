using System.Numerics;

namespace Hondo.Tensors;

/// <summary>
/// An op that is linear in all of its floating operands together, y(a + εȧ, b + εḃ) = y(a, b) + ε·y(ȧ, ḃ), except those
/// that only select: its derivative in a direction is itself, and Backward does not depend on the operands.
/// </summary>
interface ILinearOp
{
    /// <summary>Bit i: operand i only selects, such as a mask, and has no derivative.</summary>
    uint Selectors => 0;
}

/// <summary>
/// An op that is linear in each of its first two operands, and adds the others: y(a, b) + c. Its derivative in a
/// direction is y(ȧ, b) + y(a, ḃ) + ċ, and that of Backward follows by the same rule.
/// </summary>
interface IBilinearOp;

/// <summary>An op of formulas that know their own derivatives, of first and second order.</summary>
interface ICurvedOp
{
    /// <summary>ẏ, the derivative of y in the direction of the operands' tangents.</summary>
    void Tangent<T>(Operands<T> x, Operands<T> tangents, View<T> y, View<T> into)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Adds the derivative of Backward in the direction of the tangents of x, y and dy.</summary>
    void BackwardTangent<T>(Operands<T> x, Operands<T> tangents, View<T> y, Curved<T> of, Operands<T> into)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>What else the derivative of Backward depends on: the tangent of y, dy, and its tangent.</summary>
readonly ref struct Curved<T>(View<T> yTangent, View<T> dy, View<T> dyTangent) where T : unmanaged
{
    public View<T> YTangent { get; } = yTangent;

    public View<T> Dy { get; } = dy;

    public View<T> DyTangent { get; } = dyTangent;
}

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
