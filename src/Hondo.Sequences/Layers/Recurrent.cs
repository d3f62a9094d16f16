using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// What recurrent layers share: layers over each other, perhaps in both directions, over whole sequences
/// [batch, time, features] or int32 tokens [batch, time] (one-hot features) → [batch, time, hidden · directions].
/// Weights have the names and the order of gates of PyTorch's files: <c>weight_ih_l0</c>, <c>bias_hh_l1_reverse</c>.
/// </summary>
public abstract class Recurrent : Layer, IStateful
{
    const int MostLayers = 1000;

    readonly RecurrentWeights[] _weights;
    readonly Tensor[] _ends;
    readonly string _name;
    readonly double _dropout;
    readonly bool _bias;

    /// <summary>Recurrent layers.</summary>
    /// <param name="name">The name in texts.</param>
    /// <param name="cell">What runs one layer in one direction.</param>
    /// <param name="inputs">Features of the input, or how many tokens there are.</param>
    /// <param name="hidden">Units of each layer and direction.</param>
    /// <param name="layers">Layers over each other.</param>
    /// <param name="dropout">The probability of 0 between layers.</param>
    /// <param name="bidirectional">True also runs from the last step to the first; outputs lie side by side.</param>
    /// <param name="bias">False leaves biases out.</param>
    private protected Recurrent(string name, IRecurrentCell cell, int inputs, int hidden, int layers, double dropout,
        bool bidirectional, bool bias)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        if (layers > MostLayers)
            throw new ArgumentOutOfRangeException(nameof(layers), layers,
                $"{name} can have at most {MostLayers} layers over each other; usual are 1 to 4.");
        if (dropout is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(dropout), dropout,
                $"The dropout of {name} is a probability from 0 to below 1, e.g. 0.2.");
        (_name, Cell, Inputs, Hidden, Count, _dropout, _bias) = (name, cell, inputs, hidden, layers, dropout, bias);
        Directions = bidirectional ? 2 : 1;
        _weights = [.. Enumerable.Range(0, layers * Directions).Select(i => new RecurrentWeights(cell,
            i < Directions ? inputs : hidden * Directions, hidden, i / Directions, i % Directions, bias))];
        _ends = new Tensor[_weights.Length];
    }

    /// <summary>Features of the input, or how many tokens there are.</summary>
    public int Inputs { get; }

    /// <summary>Units of each layer and direction.</summary>
    public int Hidden { get; }

    /// <summary>Layers over each other.</summary>
    public int Count { get; }

    /// <summary>1, or 2 with both directions.</summary>
    public int Directions { get; }

    /// <summary>The axes of a state: [batch, states, hidden], layer by layer and in each direction by direction the
    /// output and, for an LSTM, the memory after it.</summary>
    /// <param name="batch">Sequences side by side.</param>
    public Shape StateShape(int batch) => [batch, Count * Directions * Cell.States, Hidden];

    private protected IRecurrentCell Cell { get; }

    /// <inheritdoc/>
    public LayerState? Memory { get; set; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It runs in both directions.</exception>
    public LayerState NewMemory(int streams) => Directions == 1 ? new(StateShape(streams))
        : throw new InvalidOperationException($"{this} also runs from the end to the beginning: it cannot go on where "
            + "a window ended. Leave bidirectional out.");

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        if (Memory is not { } memory)
            return Run(x, null, null, null);
        memory.Advance();
        Tensor y = Run(x, memory[0], null, _ends);
        memory.Keep(0, _ends.Length == 1 ? _ends[0] : Tensor.Concat(1, _ends));
        return y;
    }

    /// <summary>Runs with a mask, int32 [batch, time]: where it is 0 the state stays and the output is 0.</summary>
    public Tensor Forward(Tensor x, Tensor mask)
    {
        _ = Parameters;
        return Run(x, null, mask, null);
    }

    /// <summary>Runs from a state and gives the one at the end, both [batch, states, hidden].</summary>
    /// <param name="x">The sequences.</param>
    /// <param name="state">The state at the start, or null for zeros.</param>
    /// <param name="final">The state at the end, with a gradient of its own: Detach it to cut the past off.</param>
    /// <param name="mask">The mask, or null for whole sequences.</param>
    public Tensor Forward(Tensor x, Tensor? state, out Tensor final, Tensor? mask = null)
    {
        _ = Parameters;
        Tensor y = Run(x, state, mask, _ends);
        final = _ends.Length == 1 ? _ends[0] : Tensor.Concat(1, _ends);
        return y;
    }

    Tensor Run(Tensor x, Tensor? state, Tensor? mask, Tensor[]? ends)
    {
        if (x.Shape is not ([_, _] or [_, _, _]) || (x.Shape.Rank == 3 && x.Shape[2] != Inputs))
            throw new ShapeException($"{this} needs sequences [batch, time, features {Inputs}] or int32 tokens "
                + $"[batch, time], but got {AxisNames.Describe(x.Shape)}. Make it {_name}({x.Shape[^1]}, {Hidden}), or "
                + "change the layer before it.");
        int steps = x.Shape[1];
        for (int layer = 0; layer < Count; layer++)
        {
            Tensor y = Directed(layer, 0, x, steps, state, mask, ends);
            if (Directions == 2)
                y = Tensor.Concat(2, y, Directed(layer, 1, x, steps, state, mask, ends));
            x = _dropout > 0 && layer < Count - 1 ? y.Dropout(_dropout, RandomStream.OfLayer(".dropout", layer)) : y;
        }
        return x.Shape[1] == steps ? x : x.SliceAxis(1, ..steps);
    }

    // With a state at the end the result is some steps longer than the sequence; the next layer leaves them out.
    Tensor Directed(int layer, int direction, Tensor x, int steps, Tensor? state, Tensor? mask, Tensor[]? ends)
    {
        int place = layer * Directions + direction;
        RecurrentInputs inputs = (_bias ? RecurrentInputs.Bias : 0) | (state is null ? 0 : RecurrentInputs.State)
            | (mask is null ? 0 : RecurrentInputs.Mask) | (direction == 0 ? 0 : RecurrentInputs.Reversed)
            | (ends is null ? 0 : RecurrentInputs.FinalState);
        Tensor y = Cell.Run(steps, inputs, place * Cell.States, x, _weights[place], state, mask);
        if (ends is not null)
            ends[place] = y.SliceAxis(1, steps..);
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts)
    {
        foreach (RecurrentWeights weights in _weights)
            weights.AddTo(parts);
    }

    private protected CallWriter Call() => new CallWriter(_name).Add(Inputs).Add(Hidden).Add("layers", Count, 1)
        .Add("dropout", _dropout, 0).Add("bidirectional", Directions == 2, false).Add("bias", _bias, true);

    /// <inheritdoc/>
    public override string ToString() => Call().ToString();
}
