using Hondo.Tensors;

namespace Hondo.Graphs;

/// <summary>A gate of a <see cref="ComputationGraph"/>.</summary>
/// <param name="Label">A variable's or parameter's name, or the op's.</param>
/// <param name="IsInput">True for variables, parameters and constants.</param>
/// <param name="Inputs">The places of the gates that it takes its operands from.</param>
/// <param name="Value">Its numbers.</param>
/// <param name="Gradient">The gradient of the result by them, or null when none was kept.</param>
public sealed record GraphGate(string Label, bool IsInput, IReadOnlyList<int> Inputs, Tensor Value, Tensor? Gradient)
{
    /// <summary>The longest way from an input, which is the column that it is drawn in.</summary>
    public int Depth { get; internal init; }
}
