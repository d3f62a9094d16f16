using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// A recurrent layer over whole sequences in one direction
/// x [batch, time, features] or int32 tokens [batch, time], which stand for one-hot features;
/// weight_ih [gates, features], weight_hh [gates, hidden] (, two biases) (, state [batch, states, hidden]) (, mask)
/// → [batch, steps, hidden]
/// The sums of all steps' inputs are one product, and so is each weight's gradient; the formula is the cell's.
/// </summary>
/// <param name="Steps">How many steps to run, from the first; x may be longer.</param>
/// <param name="Inputs">The operands beside x and the weights, and what the result has.</param>
/// <param name="FirstState">Which of the states is this layer's output; an LSTM's memory follows it.</param>
readonly record struct RecurrentOp<TCell>(int Steps, RecurrentInputs Inputs, int FirstState) : IOp, IDifferencedOp
    where TCell : struct, ICell
{
    static string IOp.Name => TCell.Name;

    static bool IOp.OverwritesGradients => true;

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => new RecurrentShape<TCell>(this, x).Result(this);

    Extent IOp.MemoBytes(ReadOnlySpan<Shape> x, DType type) =>
        (Extent)new RecurrentShape<TCell>(this, x).MemoNumbers * type.Size;

    long IOp.MultiplyAdds(ReadOnlySpan<Shape> x, Shape y) =>
        (long)x[0][0] * Steps * ((x[0].Rank == 2 ? 0 : x[1].Size) + x[2].Size);

    /// <summary>True when the op has an operand or gives a part.</summary>
    internal bool Has(RecurrentInputs part) => (Inputs & part) != 0;

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var run = new RecurrentPass<TCell, T>(this, x);
        if (run.Shape.HasTokens != (x[0].Type == DType.Int32))
            throw new ArgumentException($"{TCell.Name} takes floating features [batch, time, features] or Int32 tokens "
                + $"[batch, time], but got {x[0].Type} {x[0].Shape}.");
        // No sequences have no outputs.
        if (run.Shape.Sizes.Batch == 0)
            return;
        run.TakeState();
        run.Project();
        SequenceSizes sizes = run.Shape.Sizes;
        Recurrence.Forward<TCell, T>(sizes, x[2].Data, run.Mask, run.Gates, run.Outputs, run.Memories, y.Data);
        if (!Has(RecurrentInputs.FinalState))
            return;
        for (int row = 0; row < sizes.Batch; row++)
            for (int state = 0; state < run.Shape.States; state++)
                run.Last(state).Slice(row * sizes.Hidden, sizes.Hidden)
                    .CopyTo(StateOf(y.Data, row, sizes, state, run.Shape.States));
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        var run = new RecurrentPass<TCell, T>(this, x);
        SequenceSizes sizes = run.Shape.Sizes;
        if (sizes.Batch == 0)
        {
            for (int i = 0; i < dx.Count; i++)
                if (dx[i] is { IsNeeded: true, Accumulates: false } nothing)
                    nothing.Data.Clear();
            return;
        }
        Span<T> scratch = Scratch.Sequence<T>((nint)run.GradientNumbers);
        Span<T> dGates = scratch[..(run.Shape.Rows * run.Shape.Slots)], rest = scratch[dGates.Length..];
        Span<T> dStates = rest[..(run.Shape.States * sizes.State)];
        dStates.Clear();
        if (Has(RecurrentInputs.FinalState))
            for (int row = 0; row < sizes.Batch; row++)
                for (int state = 0; state < run.Shape.States; state++)
                    StateOf(dy.Data, row, sizes, state, run.Shape.States)
                        .CopyTo(dStates[(state * sizes.State + row * sizes.Hidden)..]);
        Recurrence.Backward<TCell, T>(sizes, x[2].Data, run.Mask, run.Gates, run.Outputs, run.Memories, dy.Data,
            dGates, dStates[..sizes.State], dStates[sizes.State..]);
        run.SendBack(dGates, dStates, rest[dStates.Length..], dx);
    }

    // Behind the steps of a sequence lie its output and memory at the end.
    Span<T> StateOf<T>(Span<T> y, int row, SequenceSizes sizes, int state, int states) =>
        y.Slice((row * (Steps + states) + Steps + state) * sizes.Hidden, sizes.Hidden);
}

/// <summary>Which operands a recurrent op has beside the input and the weights, in this order; and what it gives.
/// </summary>
[Flags]
public enum RecurrentInputs : byte
{
    /// <summary>Only x, weight_ih and weight_hh.</summary>
    None = 0,

    /// <summary>Two biases, of the input's and of the state's gates.</summary>
    Bias = 1,

    /// <summary>The state at the start.</summary>
    State = 2,

    /// <summary>The mask, int32 [batch, time]: where it is 0 the state stays and the output is 0.</summary>
    Mask = 4,

    /// <summary>The steps run from the last to the first.</summary>
    Reversed = 8,

    /// <summary>The result has the state at the end behind its last step.</summary>
    FinalState = 16,
}

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
