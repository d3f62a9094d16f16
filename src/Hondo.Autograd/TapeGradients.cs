using Hondo.Tensors;

namespace Hondo.Autograd;

/// <summary>Gradients that are results of the step.</summary>
public static class TapeGradients
{
    extension(Tape)
    {
        /// <summary>
        /// ∂y/∂x of a number computed in this step, as a tensor of the step. With a graph it can enter a loss of its
        /// own, such as a gradient penalty: Backward then gives the derivative of second order, by forward over reverse
        /// differentiation (<c>docs/decisions/0022-forward-over-reverse.md</c>). It costs about one forward and three
        /// backward passes more.
        /// </summary>
        /// <param name="y">One number, computed in the open step.</param>
        /// <param name="x">What to differentiate by: a watched tensor, a parameter, or any result on the way to y.
        /// </param>
        /// <param name="createGraph">True makes the gradient a function that can be differentiated; false a constant.
        /// </param>
        /// <exception cref="ShapeException">y is not one number.</exception>
        /// <exception cref="InvalidOperationException">No step is open, or y does not depend on x.</exception>
        /// <exception cref="NotSupportedException">An op on the way has no derivatives of second order (it is named),
        /// or y depends on another gradient with a graph: derivatives of third order.</exception>
        public static Tensor Gradient(Tensor y, Tensor x, bool createGraph = false)
        {
            if (Tape.Active is not { } tape || y.Node is not Call call || call.Tape != tape)
                throw new InvalidOperationException("Tape.Gradient differentiates a number that was computed in the "
                    + "open step: 'using var step = Tape.Begin();' first.");
            if (call.Shape.Size != 1)
                throw new ShapeException($"Tape.Gradient starts at one number, but this {call.Name} tensor is "
                    + $"{call.Shape}. For the sum of several gradients take y.Sum().");
            GradientCall gradient = Take(tape.Recording!, call, x.Node, createGraph);
            gradient.Run(tape.Info);
            return new(gradient, tape.StepNumber);
        }
    }

    // The gradient at this place of the recording if it is that of the same two, else a new one.
    static GradientCall Take(Recording recording, Call y, Node x, bool isDifferentiable) =>
        recording.Known is GradientCall known && known.Fits(y, x, isDifferentiable) ? recording.Take(known)
            : recording.Put(new GradientCall(y, x, recording.Calls, isDifferentiable)
            {
                LayerPath = LayerScope.Current.Label,
            });
}
