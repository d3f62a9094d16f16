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

/// <summary>
/// An op whose derivatives of second order are differences of its own Backward, a smooth function, in double precision:
/// recurrent layers, decompositions, sums over alignments.
/// </summary>
interface IDifferencedOp;

/// <summary>What else the derivative of Backward depends on: the tangent of y, dy, and its tangent.</summary>
readonly ref struct Curved<T>(View<T> yTangent, View<T> dy, View<T> dyTangent) where T : unmanaged
{
    public View<T> YTangent { get; } = yTangent;

    public View<T> Dy { get; } = dy;

    public View<T> DyTangent { get; } = dyTangent;
}

/// <content>Ops as what they are composed of.</content>
public sealed partial class Tape
{
    // Of an op without derivatives of second order the ops that it is composed of.
    Tensor? Composed<TOp>(in TOp op, ReadOnlySpan<Tensor> operands) where TOp : struct, IOp
    {
        bool needsGradient = false;
        foreach (Tensor operand in operands)
            needsGradient |= operand.Node.NeedsGradient;
        if (!needsGradient || TOp.StopsGradients)
            return null;
        return op.Compose(operands) ?? (!_isStrict || op is ILinearOp or IBilinearOp or ICurvedOp or IDifferencedOp
            ? null
            : throw new NotSupportedException($"{TOp.Name} has no derivatives of second order: Tape.Gradient cannot go "
                + "through it. Compose the function of other ops; an op of your own gives them by IOp.Compose."));
    }
}
