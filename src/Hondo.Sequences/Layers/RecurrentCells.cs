using System.Globalization;
using Hondo.Initializers;
using Hondo.Kernels;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// The simple recurrent network (Elman 1990)      h = tanh(W·x + U·h + b), or ReLU for tanh
/// [batch, time, inputs] → [batch, time, hidden · directions]
/// </summary>
public sealed class Rnn : Recurrent
{
    readonly RnnActivation _activation;

    /// <summary>Simple recurrent layers.</summary>
    /// <param name="inputs">Features of the input, or how many tokens there are.</param>
    /// <param name="hidden">Units of each layer and direction.</param>
    /// <param name="layers">Layers over each other.</param>
    /// <param name="activation">tanh or ReLU.</param>
    /// <param name="dropout">The probability of 0 between layers.</param>
    /// <param name="bidirectional">True also runs from the last step to the first; outputs lie side by side.</param>
    /// <param name="bias">False leaves biases out.</param>
    public Rnn(int inputs, int hidden, int layers = 1, RnnActivation activation = RnnActivation.Tanh,
        double dropout = 0, bool bidirectional = false, bool bias = true)
        : base("Rnn", activation == RnnActivation.Tanh ? new RecurrentCell<RnnTanhCell>()
            : new RecurrentCell<RnnReluCell>(), inputs, hidden, layers, dropout, bidirectional, bias) =>
        _activation = activation;

    /// <inheritdoc/>
    public override string ToString() => Call().Add("activation", _activation, RnnActivation.Tanh).ToString();
}

/// <summary>What a simple recurrent unit does with its sum.</summary>
public enum RnnActivation
{
    /// <summary>tanh.</summary>
    Tanh,

    /// <summary>max(sum, 0).</summary>
    Relu,
}

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber 1997)      i, f, o = σ(W·x + U·h + b), g = tanh(W·x + U·h + b),
/// c = f·c + i·g, h = o·tanh(c)      [batch, time, inputs] → [batch, time, hidden · directions]
/// </summary>
public sealed class Lstm : Recurrent
{
    /// <inheritdoc cref="Recurrent(string, IRecurrentCell, int, int, int, double, bool, bool)"/>
    public Lstm(int inputs, int hidden, int layers = 1, double dropout = 0, bool bidirectional = false,
        bool bias = true)
        : base("Lstm", new RecurrentCell<LstmCell>(), inputs, hidden, layers, dropout, bidirectional, bias)
    {
    }
}

/// <summary>
/// Gated recurrent unit (Cho et al. 2014, arXiv:1406.1078)      r, z = σ(W·x + U·h + b),
/// n = tanh(W·x + b + r·(U·h + b)), h = (1 − z)·n + z·h      [batch, time, inputs] → [batch, time, hidden · directions]
/// </summary>
public sealed class Gru : Recurrent
{
    /// <inheritdoc cref="Recurrent(string, IRecurrentCell, int, int, int, double, bool, bool)"/>
    public Gru(int inputs, int hidden, int layers = 1, double dropout = 0, bool bidirectional = false,
        bool bias = true)
        : base("Gru", new RecurrentCell<GruCell>(), inputs, hidden, layers, dropout, bidirectional, bias)
    {
    }
}

/// <summary>A cell of a formula.</summary>
sealed class RecurrentCell<TCell> : IRecurrentCell where TCell : struct, ICell
{
    public int States => TCell.HasMemory ? 2 : 1;

    public int InputGates => TCell.InputGates;

    public int StateGates => TCell.StateGates;

    public Tensor Run(int steps, RecurrentInputs inputs, int firstState, Tensor x, RecurrentWeights weights,
        Tensor? state, Tensor? mask)
    {
        Span<Tensor> operands = [x, weights.Input, weights.State, default, default, default, default];
        int count = 3;
        if (weights.InputBias is not null && weights.StateBias is not null)
            (operands[count++], operands[count++]) = (weights.InputBias, weights.StateBias);
        if (state is { } start)
            operands[count++] = start;
        if (mask is { } kept)
            operands[count++] = kept;
        return Tape.Apply(new RecurrentOp<TCell>(steps, inputs, firstState), operands[..count]);
    }
}

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

/// <summary>What a recurrent layer asks of its cell: the cell's type without a type argument.</summary>
interface IRecurrentCell
{
    /// <summary>1, or 2 with a memory beside the output.</summary>
    int States { get; }

    int InputGates { get; }

    int StateGates { get; }

    /// <summary>Runs one layer in one direction.</summary>
    Tensor Run(int steps, RecurrentInputs inputs, int firstState, Tensor x, RecurrentWeights weights, Tensor? state,
        Tensor? mask);
}
