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
public readonly record struct RecurrentOp<TCell>(int Steps, RecurrentInputs Inputs, int FirstState) : IOp
    where TCell : struct, ICell
{
    static string IOp.Name => TCell.Name;

    static bool IOp.OverwritesGradients => true;

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => new RecurrentShape<TCell>(this, x).Result(this);

    int IOp.MemoBytes(ReadOnlySpan<Shape> x, DType type) =>
        checked((int)(new RecurrentShape<TCell>(this, x).MemoNumbers * type.Size));

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
