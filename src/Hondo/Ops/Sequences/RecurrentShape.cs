using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>The sizes of a recurrent op's operands, checked, and the places of its optional ones.</summary>
readonly struct RecurrentShape<TCell> where TCell : struct, ICell
{
    public readonly SequenceSizes Sizes;
    public readonly int Features, Hidden, States;
    public readonly bool HasTokens;
    public readonly int Bias, State, Mask;

    public RecurrentShape(RecurrentOp<TCell> op, ReadOnlySpan<Shape> x)
    {
        HasTokens = x[0].Rank == 2;
        if (x[0].Rank is not (2 or 3))
            throw Wrong(x, "a sequence is [batch, time, features] or int32 tokens [batch, time]");
        (Features, Hidden, States) = (x[1][1], x[2][1], TCell.HasMemory ? 2 : 1);
        Bias = 3;
        State = Bias + (op.Has(RecurrentInputs.Bias) ? 2 : 0);
        Mask = State + (op.Has(RecurrentInputs.State) ? 1 : 0);
        Sizes = new(x[0][0], op.Steps, Hidden, op.Has(RecurrentInputs.Reversed));
        Check(op, x);
    }

    public int Rows => Sizes.Batch * Sizes.Steps;

    public int InputRows => TCell.InputGates * Hidden;

    public int StateRows => TCell.StateGates * Hidden;

    /// <summary>Numbers of one row of gates.</summary>
    public int Slots => TCell.Slots * Hidden;

    /// <summary>Columns of the gates that the input fills from the start of a row; the rest is its end.</summary>
    public int HeadColumns => TCell.InputGates == TCell.Slots ? InputRows : InputRows - Hidden;

    public int StateNumbers => (Sizes.Steps + 1) * Sizes.State;

    public long MemoNumbers =>
        (long)Rows * Slots + (long)States * StateNumbers + (HasTokens ? 0L : (long)Rows * Features);

    public Shape Result(RecurrentOp<TCell> op) =>
        [Sizes.Batch, op.Steps + (op.Has(RecurrentInputs.FinalState) ? States : 0), Hidden];

    void Check(RecurrentOp<TCell> op, ReadOnlySpan<Shape> x)
    {
        if (op.Steps < 1 || op.Steps > x[0][1])
            throw Wrong(x, $"the sequence must have at least {Math.Max(1, op.Steps)} steps");
        if (!HasTokens && x[0][2] != Features)
            throw Wrong(x, $"the last axis of x must be {Features}, the features of weight_ih");
        if (x[1] != [InputRows, Features] || x[2] != [StateRows, Hidden])
            throw Wrong(x, $"for {Hidden} units weight_ih must be [{InputRows}, features] and weight_hh "
                + $"[{StateRows}, {Hidden}]");
        if (op.Has(RecurrentInputs.Bias) && (x[Bias] != [InputRows] || x[Bias + 1] != [StateRows]))
            throw Wrong(x, $"the biases must be [{InputRows}] and [{StateRows}]");
        if (op.Has(RecurrentInputs.State) && !(x[State] is [var batch, var states, var hidden]
            && batch == Sizes.Batch && hidden == Hidden && states >= op.FirstState + States))
            throw Wrong(x, $"the state must be [{Sizes.Batch}, {op.FirstState + States} or more, {Hidden}]");
        if (op.Has(RecurrentInputs.Mask) && !(x[Mask] is [var rows, var time] && rows == Sizes.Batch
            && time >= op.Steps))
            throw Wrong(x, $"the mask must be int32 [{Sizes.Batch}, {op.Steps}]");
    }

    static ShapeException Wrong(ReadOnlySpan<Shape> x, string rule) => ShapeException.For<RecurrentOp<TCell>>(x, rule);
}
