using System.Globalization;
using Hondo.Initializers;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>The parameters of one recurrent layer in one direction, drawn evenly from ±1/√hidden as PyTorch does.
/// </summary>
sealed class RecurrentWeights(IRecurrentCell cell, int inputs, int hidden, int layer, int direction, bool bias)
{
    static Parameter Draw(Shape shape, int hidden) =>
        new(shape, new Uniform(-1 / Math.Sqrt(hidden), 1 / Math.Sqrt(hidden)));

    /// <summary>weight_ih, [gates · hidden, inputs].</summary>
    public Parameter Input { get; } = Draw([cell.InputGates * hidden, inputs], hidden);

    /// <summary>weight_hh, [gates · hidden, hidden].</summary>
    public Parameter State { get; } = Draw([cell.StateGates * hidden, hidden], hidden);

    public Parameter? InputBias { get; } = bias ? Draw([cell.InputGates * hidden], hidden) : null;

    public Parameter? StateBias { get; } = bias ? Draw([cell.StateGates * hidden], hidden) : null;

    public void AddTo(Parts parts)
    {
        string end = string.Create(CultureInfo.InvariantCulture, $"_l{layer}{(direction == 0 ? "" : "_reverse")}");
        parts.Add(Input, "weight_ih" + end).Add(State, "weight_hh" + end)
            .Add(InputBias, "bias_ih" + end).Add(StateBias, "bias_hh" + end);
    }
}
