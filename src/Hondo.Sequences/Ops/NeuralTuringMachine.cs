using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// A Neural Turing Machine over whole sequences (Graves et al. 2014, arXiv:1410.5401)
/// x [batch, time, features], controller weight [gates, features + read (+ hidden)] and bias [gates],
/// head weight [numbers, hidden] and bias [numbers] → [batch, time, hidden + read]
/// A controller with memory (LSTM) sees its own last output, one without is feed-forward. All heads address the memory
/// as it was before the step.
/// </summary>
/// <param name="Reads">Reading heads.</param>
/// <param name="Writes">Writing heads.</param>
/// <param name="Rows">Places of the memory, a multiple of 16.</param>
/// <param name="Width">Numbers of a place.</param>
readonly record struct NtmOp<TCell>(int Reads, int Writes, int Rows, int Width) : IOp, IDifferencedOp
    where TCell : struct, ICell
{
    static string IOp.Name => "NeuralTuringMachine";

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x)
    {
        if (x is not [[_, _, _], [_, _], [_], [_, _], [_]])
            throw ShapeException.For<NtmOp<TCell>>(x,
                "it needs x [batch, time, features], two weights [outputs, inputs] and their biases [outputs]");
        NtmSizes sizes = SizesOf(x);
        return x[1] == [TCell.Slots * sizes.Hidden, sizes.Channels] && x[2] == [x[1][0]]
            && x[3] == [sizes.Numbers, sizes.Hidden] && x[4] == [sizes.Numbers]
            ? [sizes.Batch, sizes.Steps, sizes.Results]
            : throw ShapeException.For<NtmOp<TCell>>(x, $"for {Reads} reading and {Writes} writing heads the "
                + $"controller's weight must be [{TCell.Slots * sizes.Hidden}, {sizes.Channels}], the heads' "
                + $"[{sizes.Numbers}, {sizes.Hidden}]");
    }

    Extent IOp.MemoBytes(ReadOnlySpan<Shape> x, DType type) =>
        (Extent)Ntm.MemoNumbers<TCell>(SizesOf(x)) * type.Size;

    long IOp.MultiplyAdds(ReadOnlySpan<Shape> x, Shape y) =>
        (long)y[0] * y[1] * (x[1].Size + x[3].Size + (Reads + Writes) * 3L * Rows * Width);

    void IOp.Forward<T>(Operands<T> x, View<T> y) => Ntm.Forward<TCell, T>(SizesOf(x), x[0].Data, x[1].Data,
        x[2].Data, x[3].Data, x[4].Data, x.Memo<T>(), y.Data);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        NtmSizes sizes = SizesOf(x);
        int rows = sizes.Batch * sizes.Steps, slots = TCell.Slots * sizes.Hidden;
        Span<T> memo = x.Memo<T>();
        Span<T> gradients = Scratch.Sequence<T>((nint)Ntm.GradientNumbers<TCell>(sizes));
        Ntm.Backward<TCell, T>(sizes, x[1].Data, x[3].Data, memo, dy.Data, gradients,
            dx[0].IsNeeded ? dx[0].Data : [], dx[0].Accumulates);
        Span<T> inputs = memo[..(rows * sizes.Channels)];
        // An output's gradient met the heads that it fed: those of its own step.
        Span<T> outputs = memo.Slice(inputs.Length + rows * slots + sizes.Batch * sizes.Hidden, rows * sizes.Hidden);
        Learn(gradients[..(rows * slots)], inputs, rows, dx[1], dx[2]);
        Learn(gradients.Slice(rows * slots, rows * sizes.Numbers), outputs, rows, dx[3], dx[4]);
    }

    static void Learn<T>(ReadOnlySpan<T> dSums, ReadOnlySpan<T> inputs, int rows, View<T> dWeight, View<T> dBias)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        int outputs = dSums.Length / rows;
        var dY = new ReadOnlyMatrix<T>(dSums, rows, outputs);
        var x = new ReadOnlyMatrix<T>(inputs, rows, inputs.Length / rows);
        if (dWeight.IsNeeded && dWeight.Accumulates)
            Gemm.MultiplyAdd(dY.Transposed, x, new Matrix<T>(dWeight.Data, outputs, x.Columns));
        else if (dWeight.IsNeeded)
            Gemm.Multiply(dY.Transposed, x, new Matrix<T>(dWeight.Data, outputs, x.Columns));
        if (dBias.IsNeeded)
            Reduction.SumRows(dSums, rows, outputs, dBias.Data, dBias.Accumulates);
    }

    NtmSizes SizesOf<T>(Operands<T> x) where T : unmanaged =>
        SizesOf([x[0].Shape, x[1].Shape, x[2].Shape, x[3].Shape, x[4].Shape]);

    NtmSizes SizesOf(ReadOnlySpan<Shape> x) => new(x[0][0], x[0][1], x[0][2], x[3][1],
        TCell.HasMemory ? x[3][1] : 0, Reads, Writes, Rows, Width);
}
