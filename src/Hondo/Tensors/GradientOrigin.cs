namespace Hondo.Tensors;

/// <summary>
/// In which step a gradient was read. Within that step a loss that uses it cannot be differentiated through it; when
/// the
/// step has ended, the gradient is a constant like any other.
/// </summary>
/// <param name="Tape">The tape.</param>
/// <param name="Step">The number of its step.</param>
/// <param name="Outer">The step around it, if any.</param>
sealed record GradientOrigin(Tape Tape, int Step, GradientOrigin? Outer)
{
    /// <summary>True while one of the steps is open.</summary>
    public bool IsOpen => Tape.StepNumber == Step || (Outer?.IsOpen ?? false);

    /// <summary>What a loss that depends on a gradient is told.</summary>
    public static InvalidOperationException Error(Node node) => new(
        $"The loss uses a {node.Name} {node.Shape} that was computed from a gradient read in this step. Such a "
            + $"gradient is "
        + "a number of its own: Backward cannot differentiate it again, and its part of the loss would train "
        + "nothing. If "
        + "it is meant as a constant, say so: x.Gradient.Detach().");
}
