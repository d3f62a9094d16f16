using System.Numerics;
using System.Runtime.InteropServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// One run of a recurrent op: where its memo lies, and the products over all steps at once. Rows of gates are
/// (step, sequence), so that a step's numbers lie together.
/// </summary>
readonly ref struct RecurrentPass<TCell, T>
    where TCell : struct, ICell where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly RecurrentOp<TCell> _op;
    readonly Operands<T> _x;
    readonly Span<T> _features;

    public RecurrentPass(RecurrentOp<TCell> op, Operands<T> x)
    {
        _op = op;
        _x = x;
        Span<Shape> shapes = stackalloc Shape[x.Count];
        for (int i = 0; i < x.Count; i++)
            shapes[i] = x[i].Shape;
        Shape = new(op, shapes);
        Span<T> memo = x.Memo<T>();
        int gates = Shape.Rows * Shape.Slots, states = Shape.StateNumbers;
        Gates = memo[..gates];
        Outputs = memo.Slice(gates, states);
        Memories = TCell.HasMemory ? memo.Slice(gates + states, states) : [];
        _features = Shape.HasTokens ? [] : memo.Slice(gates + Shape.States * states, Shape.Rows * Shape.Features);
    }

    public RecurrentShape<TCell> Shape { get; }
    public Span<T> Gates { get; }
    public Span<T> Outputs { get; }
    public Span<T> Memories { get; }
    public ReadOnlySpan<int> Mask => _op.Has(RecurrentInputs.Mask) ? _x[Shape.Mask].Ints : [];

    public Span<T> Last(int state) => (state == 0 ? Outputs : Memories)[^Shape.Sizes.State..];

    /// <summary>Working memory of Backward.</summary>
    public long GradientNumbers => (long)Shape.Rows * Shape.Slots + Shape.States * Shape.Sizes.State + Shape.Slots
        + (Shape.HasTokens ? Shape.Rows + (long)Shape.Features * Shape.InputRows : (long)Shape.Rows * Shape.Features);

    /// <summary>Copies the state at the start to where the first step reads it.</summary>
    public void TakeState()
    {
        int hidden = Shape.Hidden, numbers = Shape.Sizes.State;
        for (int state = 0; state < Shape.States; state++)
        {
            Span<T> start = (state == 0 ? Outputs : Memories)[..numbers];
            if (!_op.Has(RecurrentInputs.State))
                start.Clear();
            for (int row = 0; _op.Has(RecurrentInputs.State) && row < Shape.Sizes.Batch; row++)
                Given(_x[Shape.State].Data, row, state).CopyTo(start.Slice(row * hidden, hidden));
        }
    }

    /// <summary>Gates = biases + inputs · weight_ihᵀ, for all steps in one product.</summary>
    public void Project()
    {
        Span<T> scratch = Scratch.Sequence<T>((nint)(Shape.Slots
            + (Shape.HasTokens ? Shape.Rows + (long)Shape.Features * Shape.InputRows : 0)));
        Span<T> bias = scratch[..Shape.Slots];
        JoinBiases(bias);
        if (!Shape.HasTokens)
            TimeMajor.Split(Shape.Sizes, (ReadOnlySpan<T>)_x[0].Data, _features);
        Project(bias, scratch[Shape.Slots..], 0, Shape.HeadColumns, 0);
        if (Shape.HeadColumns == Shape.InputRows)
            return;
        int head = Shape.HeadColumns, at = Shape.Slots - Shape.Hidden;
        TimeMajor.Repeat(bias[head..at], new Matrix<T>(Gates[head..], Shape.Rows, at - head, Shape.Slots));
        Project(bias, scratch[Shape.Slots..], at, Shape.Hidden, head);
    }

    void Project(ReadOnlySpan<T> bias, Span<T> scratch, int at, int columns, int weightRow)
    {
        ReadOnlySpan<T> weights = _x[1].Data.Slice(weightRow * Shape.Features, columns * Shape.Features);
        var gates = new Matrix<T>(Gates[at..], Shape.Rows, columns, Shape.Slots);
        if (Shape.HasTokens)
            TokenRows.Look(Tokens(scratch), weights, bias.Slice(at, columns),
                scratch.Slice(Shape.Rows, Shape.Features * columns), gates);
        else
            Gemm.Multiply(new(_features, Shape.Rows, Shape.Features),
                new ReadOnlyMatrix<T>(weights, columns, Shape.Features).Transposed,
                ReadOnlyMatrix<T>.Row(bias.Slice(at, columns), Shape.Rows), gates);
    }

    // Both biases meet in one sum, except that a part of the state's that is needed alone keeps its own.
    void JoinBiases(Span<T> bias)
    {
        bias.Clear();
        if (!_op.Has(RecurrentInputs.Bias))
            return;
        ReadOnlySpan<T> ofInput = _x[Shape.Bias].Data, ofState = _x[Shape.Bias + 1].Data;
        ofState.CopyTo(bias);
        for (int i = 0; i < ofInput.Length; i++)
            bias[Column(i)] += ofInput[i];
    }

    int Column(int inputRow) => inputRow < Shape.HeadColumns ? inputRow : inputRow + Shape.Slots - Shape.InputRows;

    /// <summary>Gradients of all operands from those of the gates' sums and of the state at the start.</summary>
    public void SendBack(ReadOnlySpan<T> dGates, ReadOnlySpan<T> dStates, Span<T> scratch, Operands<T> dx)
    {
        int tail = Shape.Slots - Shape.Hidden;
        bool isSplit = Shape.HeadColumns < Shape.InputRows;
        if (!Shape.HasTokens && dx[0].IsNeeded)
        {
            var dFeatures = new Matrix<T>(scratch[..(Shape.Rows * Shape.Features)], Shape.Rows, Shape.Features);
            Gemm.Multiply(Block(dGates, 0, Shape.HeadColumns), WeightRows(0, Shape.HeadColumns), dFeatures);
            if (isSplit)
                Gemm.MultiplyAdd(Block(dGates, tail, Shape.Hidden), WeightRows(Shape.HeadColumns, Shape.Hidden),
                    dFeatures);
            TimeMajor.Join(Shape.Sizes, (ReadOnlySpan<T>)dFeatures.Values, dx[0].Data, dx[0].Accumulates);
        }
        if (dx[1].IsNeeded)
        {
            SendToInputWeights(dGates, 0, Shape.HeadColumns, 0, scratch, dx[1]);
            if (isSplit)
                SendToInputWeights(dGates, tail, Shape.Hidden, Shape.HeadColumns, scratch, dx[1]);
        }
        if (dx[2].IsNeeded)
            Product(Block(dGates, 0, Shape.StateRows).Transposed,
                new(Outputs[..(Shape.Rows * Shape.Hidden)], Shape.Rows, Shape.Hidden), dx[2].Data, dx[2].Accumulates);
        if (_op.Has(RecurrentInputs.Bias))
            SendToBiases(dGates, scratch[..Shape.Slots], dx);
        if (_op.Has(RecurrentInputs.State) && dx[Shape.State].IsNeeded)
            SendToState(dStates, dx[Shape.State]);
    }

    void SendToInputWeights(ReadOnlySpan<T> dGates, int at, int columns, int weightRow, Span<T> scratch, View<T> dw)
    {
        Span<T> into = dw.Data.Slice(weightRow * Shape.Features, columns * Shape.Features);
        if (Shape.HasTokens)
            TokenRows.Gather(Tokens(scratch), Block(dGates, at, columns),
                scratch.Slice(Shape.Rows, Shape.Features * columns), into, dw.Accumulates);
        else
            Product(Block(dGates, at, columns).Transposed, new(_features, Shape.Rows, Shape.Features), into,
                dw.Accumulates);
    }

    void SendToBiases(ReadOnlySpan<T> dGates, Span<T> sums, Operands<T> dx)
    {
        View<T> ofInput = dx[Shape.Bias], ofState = dx[Shape.Bias + 1];
        if (!ofInput.IsNeeded && !ofState.IsNeeded)
            return;
        Reduction.SumRows(dGates, Shape.Rows, Shape.Slots, sums, accumulate: false);
        for (int i = 0; ofInput.IsNeeded && i < Shape.InputRows; i++)
            ofInput[i] = ofInput.Accumulates ? ofInput[i] + sums[Column(i)] : sums[Column(i)];
        for (int i = 0; ofState.IsNeeded && i < Shape.StateRows; i++)
            ofState[i] = ofState.Accumulates ? ofState[i] + sums[i] : sums[i];
    }

    void SendToState(ReadOnlySpan<T> dStates, View<T> into)
    {
        int hidden = Shape.Hidden;
        if (!into.Accumulates)
            into.Data.Clear();
        for (int state = 0; state < Shape.States; state++)
            for (int row = 0; row < Shape.Sizes.Batch; row++)
                Loops.Accumulate(default(Identity), dStates.Slice(state * Shape.Sizes.State + row * hidden, hidden),
                    Given(into.Data, row, state));
    }

    // A sequence's states of all layers lie together.
    Span<T> Given(Span<T> states, int row, int state) => states.Slice(
        row * (states.Length / Shape.Sizes.Batch) + (_op.FirstState + state) * Shape.Hidden, Shape.Hidden);

    ReadOnlySpan<int> Tokens(Span<T> scratch)
    {
        Span<int> tokens = MemoryMarshal.Cast<T, int>(scratch)[..Shape.Rows];
        TimeMajor.Split(Shape.Sizes, (ReadOnlySpan<int>)_x[0].Ints, tokens);
        for (int i = 0; i < tokens.Length; i++)
            Indices.Check(TCell.Name, tokens[i], i, Shape.Features);
        return tokens;
    }

    ReadOnlyMatrix<T> Block(ReadOnlySpan<T> dGates, int at, int columns) =>
        new(dGates[at..], Shape.Rows, columns, Shape.Slots, 1);

    ReadOnlyMatrix<T> WeightRows(int first, int rows) =>
        new(_x[1].Data.Slice(first * Shape.Features, rows * Shape.Features), rows, Shape.Features);

    static void Product(ReadOnlyMatrix<T> a, ReadOnlyMatrix<T> b, Span<T> into, bool adds)
    {
        var result = new Matrix<T>(into, a.Rows, b.Columns);
        if (adds)
            Gemm.MultiplyAdd(a, b, result);
        else
            Gemm.Multiply(a, b, result);
    }
}
