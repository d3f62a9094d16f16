using Hondo.Initializers;
using Hondo.Kernels;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// A Neural Turing Machine (Graves, Wayne and Danihelka 2014, arXiv:1410.5401): a controller that reads and writes a
/// memory through heads, which find places by what is in them (cosine similarity) and by where they were (shifts)
/// [batch, time, inputs] → [batch, time, hidden + reads · width]: the controller's outputs and what was read.
/// Memory starts at 10⁻⁶ everywhere (Collier and Beel 2018, arXiv:1807.08518), every head at the first place.
/// </summary>
public sealed class NeuralTuringMachine : Layer
{
    readonly NtmController _controller;
    readonly int _inputs, _hidden, _rows, _width, _reads, _writes;

    /// <summary>A Neural Turing Machine.</summary>
    /// <param name="inputs">Features of the input, from 1.</param>
    /// <param name="hidden">Units of the controller, from 1.</param>
    /// <param name="controller">What steers the heads.</param>
    /// <param name="rows">Places of the memory, a multiple of 16.</param>
    /// <param name="width">Numbers of a place, from 1.</param>
    /// <param name="reads">Reading heads, from 1.</param>
    /// <param name="writes">Writing heads, from 1.</param>
    /// <exception cref="ArgumentException">A size is out of its range.</exception>
    public NeuralTuringMachine(int inputs, int hidden = 100, NtmController controller = NtmController.Lstm,
        int rows = 128, int width = 20, int reads = 1, int writes = 1)
    {
        foreach (int size in (ReadOnlySpan<int>)[inputs, hidden, width, reads, writes])
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        if (rows < 16 || rows % 16 != 0)
            throw new ArgumentException($"A NeuralTuringMachine's memory has a multiple of 16 places, e.g. 128, but "
                + $"got {rows}.", nameof(rows));
        (_inputs, _hidden, _controller, _rows, _width, _reads, _writes) =
            (inputs, hidden, controller, rows, width, reads, writes);
        bool isLstm = controller == NtmController.Lstm;
        var sizes = new NtmSizes(1, 1, inputs, hidden, isLstm ? hidden : 0, reads, writes, rows, width);
        int sums = (isLstm ? LstmCell.Slots : RnnTanhCell.Slots) * hidden;
        ControllerWeight = new([sums, sizes.Channels], Initial.XavierUniform);
        ControllerBias = new([sums], Initial.Zeros);
        HeadWeight = new([sizes.Numbers, hidden], Initial.XavierUniform);
        HeadBias = new([sizes.Numbers], Initial.Zeros);
    }

    /// <summary>Features of the output.</summary>
    public int Outputs => _hidden + _reads * _width;

    /// <summary>The controller's weights: of the input, of what was read, of an LSTM's last output.</summary>
    public Parameter ControllerWeight { get; }

    /// <summary>The controller's biases; an LSTM's gates in the order input, forget, cell, output.</summary>
    public Parameter ControllerBias { get; }

    /// <summary>The weights of what the controller tells the heads.</summary>
    public Parameter HeadWeight { get; }

    /// <summary>The biases of what the controller tells the heads.</summary>
    public Parameter HeadBias { get; }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        if (x.Shape is not [_, _, var features] || features != _inputs)
            throw new ShapeException($"{this} needs sequences [batch, time, features {_inputs}], but got "
                + $"{AxisNames.Describe(x.Shape)}. Make it NeuralTuringMachine({x.Shape[^1]}, {_hidden}), or change "
                + "the layer before it.");
        return _controller == NtmController.Lstm
            ? Tape.Apply(new NtmOp<LstmCell>(_reads, _writes, _rows, _width), x, ControllerWeight,
                ControllerBias, HeadWeight, HeadBias)
            : Tape.Apply(new NtmOp<RnnTanhCell>(_reads, _writes, _rows, _width), x, ControllerWeight,
                ControllerBias, HeadWeight, HeadBias);
    }

    /// <summary>Runs over one sequence and shows what the heads and the memory do.</summary>
    /// <param name="x">The sequence, float32 [1, time, inputs].</param>
    /// <exception cref="ShapeException">It is no single sequence of so many features.</exception>
    public NtmTrace Trace(Tensor x)
    {
        if (x.Shape is not [1, var steps, var features] || features != _inputs)
            throw new ShapeException($"{this} shows what it does with one sequence, [batch 1, time, features "
                + $"{_inputs}], but got {AxisNames.Describe(x.Shape)}.");
        _ = Forward(x);
        return _controller == NtmController.Lstm ? Trace<LstmCell>(x, steps) : Trace<RnnTanhCell>(x, steps);
    }

    NtmTrace Trace<TCell>(Tensor x, int steps) where TCell : struct, ICell
    {
        var sizes = new NtmSizes(1, steps, _inputs, _hidden, TCell.HasMemory ? _hidden : 0, _reads, _writes, _rows,
            _width);
        var memo = new float[((Extent)Ntm.MemoNumbers<TCell>(sizes)).To("the memo of a neural Turing machine")];
        Ntm.Forward<TCell, float>(sizes, x.ToArray<float>(), ControllerWeight.Value.ToArray<float>(),
            ControllerBias.Value.ToArray<float>(), HeadWeight.Value.ToArray<float>(),
            HeadBias.Value.ToArray<float>(), memo, new float[steps * sizes.Results]);
        return new(sizes, Ntm.Weights<float>(sizes, memo), Ntm.Memories<float>(sizes, memo));
    }

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts) =>
        parts.Add(ControllerWeight).Add(ControllerBias).Add(HeadWeight).Add(HeadBias);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("NeuralTuringMachine").Add(_inputs).Add("hidden", _hidden, 100)
        .Add("controller", _controller, NtmController.Lstm).Add("rows", _rows, 128).Add("width", _width, 20)
        .Add("reads", _reads, 1).Add("writes", _writes, 1).ToString();
}

/// <summary>What steers the heads of a Neural Turing Machine.</summary>
public enum NtmController
{
    /// <summary>Long short-term memory: it also remembers by itself.</summary>
    Lstm,

    /// <summary>One layer of tanh units: all that it knows of the past is in the memory.</summary>
    FeedForward,
}

/// <summary>What a Neural Turing Machine's heads looked at and what its memory held, step by step.</summary>
public sealed class NtmTrace
{
    readonly NtmSizes _sizes;
    readonly float[] _weights, _memory;

    internal NtmTrace(NtmSizes sizes, ReadOnlySpan<float> weights, ReadOnlySpan<float> memory) =>
        (_sizes, _weights, _memory) = (sizes, weights.ToArray(), memory.ToArray());

    /// <summary>Steps of the sequence.</summary>
    public int Steps => _sizes.Steps;

    /// <summary>Reading heads, which come first.</summary>
    public int Reads => _sizes.Reads;

    /// <summary>Writing heads.</summary>
    public int Writes => _sizes.Writes;

    /// <summary>Places of the memory.</summary>
    public int Rows => _sizes.Rows;

    /// <summary>Numbers of a place.</summary>
    public int Width => _sizes.Width;

    /// <summary>How much a head looks at a place, a share of 1.</summary>
    public float Weight(int step, int head, int place) => _weights[((step + 1) * _sizes.Heads + head) * Rows + place];

    /// <summary>A number of a place after a step.</summary>
    public float Cell(int step, int place, int number) => _memory[(step + 1) * _sizes.Memory + number * Rows + place];
}
