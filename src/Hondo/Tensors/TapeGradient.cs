namespace Hondo.Tensors;

/// <content>Gradients that are results of the step.</content>
public sealed partial class Tape
{
    /// <summary>
    /// ∂y/∂x of a number computed in this step, as a tensor of the step. With a graph it can enter a loss of its own,
    /// such as a gradient penalty: Backward then gives the derivative of second order, by forward over reverse
    /// differentiation (<c>docs/decisions/0022-forward-over-reverse.md</c>). It costs about one forward and three
    /// backward passes more.
    /// </summary>
    /// <param name="y">One number, computed in the open step.</param>
    /// <param name="x">What to differentiate by: a watched tensor, a parameter, or any result on the way to y.</param>
    /// <param name="createGraph">True makes the gradient a function that can be differentiated; false a constant.
    /// </param>
    /// <exception cref="ShapeException">y is not one number.</exception>
    /// <exception cref="InvalidOperationException">No step is open, or y does not depend on x.</exception>
    /// <exception cref="NotSupportedException">An op on the way has no derivatives of second order (it is named), or
    /// y depends on another gradient with a graph: derivatives of third order.</exception>
    public static Tensor Gradient(Tensor y, Tensor x, bool createGraph = false)
    {
        if (_active is not { } tape || y.Node is not Call call || call.Tape != tape)
            throw new InvalidOperationException("Tape.Gradient differentiates a number that was computed in the open "
                + "step: 'using var step = Tape.Begin();' first.");
        if (call.Shape.Size != 1)
            throw new ShapeException($"Tape.Gradient starts at one number, but this {call.Name} tensor is "
                + $"{call.Shape}. For the sum of several gradients take y.Sum().");
        GradientCall gradient = tape._recording!.Gradient(call, x.Node, createGraph);
        gradient.Run(tape._info);
        return new(gradient, tape.StepNumber);
    }

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
