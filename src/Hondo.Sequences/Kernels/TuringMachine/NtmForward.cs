using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>Where the numbers of a Neural Turing Machine's run lie; time comes first.</summary>
unsafe struct NtmRun<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A head keeps of a step for the way back: cosines, content weights, shifted weights.</summary>
    public const int Kept = 3;

    // A tile of the products has 8 rows.
    const int PartRows = 8;

    public NtmSizes Sizes;

    /// <summary>The controller's gates, outputs and memories; Y is the result or its gradient.</summary>
    public CellRun<T> Cell;

    /// <summary>[steps, batch, channels].</summary>
    public T* Inputs;

    /// <summary>[steps, batch, numbers]: what the heads do.</summary>
    public T* Numbers;

    /// <summary>[steps + 1, batch, width, rows].</summary>
    public T* Memory;

    /// <summary>[steps, batch, rows]: the length of each place's vector.</summary>
    public T* Lengths;

    /// <summary>[steps + 1, batch, heads, rows].</summary>
    public T* Weights;

    /// <summary>[steps, batch, heads, kept, rows].</summary>
    public T* Traces;

    public readonly int Parts => (Sizes.Batch + PartRows - 1) / PartRows;

    public readonly (int First, int End) RowsOf(int part) =>
        (part * PartRows, Math.Min(Sizes.Batch, (part + 1) * PartRows));

    public readonly nint At(int step, int row) => (nint)step * Sizes.Batch + row;

    public readonly T* NumbersOf(int step, int row) => Numbers + At(step, row) * Sizes.Numbers;

    public readonly T* MemoryOf(int step, int row) => Memory + At(step, row) * Sizes.Memory;

    public readonly T* LengthsOf(int step, int row) => Lengths + At(step, row) * Sizes.Rows;

    public readonly T* WeightsOf(int step, int row, int head) =>
        Weights + (At(step, row) * Sizes.Heads + head) * Sizes.Rows;

    public readonly T* TraceOf(int step, int row, int head) =>
        Traces + (At(step, row) * Sizes.Heads + head) * Kept * Sizes.Rows;

    /// <summary>What was read at a step, within the result or its gradient.</summary>
    public readonly T* ReadOf(int step, int row) =>
        Cell.Y + (nint)row * Cell.YStride + (nint)step * Cell.YStep + Sizes.Hidden;
}

/// <summary>
/// The steps of a Neural Turing Machine, one after the other, for some of the sequences: the controller, the numbers
/// that it gives the heads, and what they do with the memory of the step before.
/// </summary>
readonly unsafe struct NtmForward<TCell, T>(NtmRun<T> run, T* x, PackedMatrix<T> controller, T* bias,
    PackedMatrix<T> heads, T* headBias) : IJob
    where TCell : struct, ICell where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(int part)
    {
        (int first, int end) = run.RowsOf(part);
        NtmSizes sizes = run.Sizes;
        int rows = end - first, slots = TCell.Slots * sizes.Hidden;
        for (int step = 0; step < sizes.Steps; step++)
        {
            for (int row = first; row < end; row++)
                Gather(step, row);
            Product(run.Inputs, sizes.Channels, run.At(step, first), rows, controller, bias, run.Cell.Gates, slots,
                run.At(step, first));
            new CellForward<TCell, T>.Rows(run.Cell, step).Run(first, end);
            Product(run.Cell.Outputs, sizes.Hidden, run.At(step + 1, first), rows, heads, headBias, run.Numbers,
                sizes.Numbers, run.At(step, first));
            if (Vector512.IsHardwareAccelerated)
                Act<Lanes512<T>>(step, first, end);
            else if (Vector256.IsHardwareAccelerated)
                Act<Lanes256<T>>(step, first, end);
            else if (Vector128.IsHardwareAccelerated)
                Act<Lanes128<T>>(step, first, end);
            else
                Act<Scalar<T>>(step, first, end);
        }
    }

    // What a controller sees: the input, what was read at the step before, and what it gave itself.
    void Gather(int step, int row)
    {
        NtmSizes sizes = run.Sizes;
        int read = sizes.Reads * sizes.Width;
        T* to = run.Inputs + run.At(step, row) * sizes.Channels;
        CellRun<T>.Copy(x + ((nint)row * sizes.Steps + step) * sizes.Features, to, sizes.Features);
        to += sizes.Features;
        if (step > 0)
            CellRun<T>.Copy(run.ReadOf(step - 1, row), to, read);
        else
            new Span<T>(to, read).Clear();
        CellRun<T>.Copy(run.Cell.Outputs + run.At(step, row) * sizes.Hidden, to + read, sizes.Carried);
    }

    static void Product(T* a, int k, nint rowOfA, int rows, PackedMatrix<T> b, T* start, T* c, int n, nint rowOfC) =>
        Gemm.MultiplyPacked(new(new(a + rowOfA * k, rows * k), rows, k), b,
            ReadOnlyMatrix<T>.Row(new(start, n), rows), new Matrix<T>(new(c + rowOfC * n, rows * n), rows, n));

    void Act<V>(int step, int first, int end) where V : struct, ILanes<V, T>
    {
        NtmSizes sizes = run.Sizes;
        T* work = Scratch.Own<T>(NtmHead<V, T>.Work(sizes));
        for (int row = first; row < end; row++)
        {
            T* numbers = run.NumbersOf(step, row), memory = run.MemoryOf(step, row);
            T* lengths = run.LengthsOf(step, row);
            Bend(numbers);
            NtmHead<V, T>.Lengths(sizes, memory, lengths);
            for (int head = 0; head < sizes.Heads; head++)
            {
                T* weights = run.WeightsOf(step + 1, row, head);
                NtmHead<V, T>.Forward(sizes, head, numbers, memory, lengths, run.WeightsOf(step, row, head),
                    run.TraceOf(step, row, head), weights, work);
                if (head < sizes.Reads)
                    NtmMemory<V, T>.Read(sizes, memory, weights, run.ReadOf(step, row) + head * sizes.Width);
            }
            NtmMemory<V, T>.Write(sizes, numbers, run.WeightsOf(step + 1, row, sizes.Reads), memory,
                run.MemoryOf(step + 1, row));
        }
    }

    void Bend(T* numbers)
    {
        NtmSizes sizes = run.Sizes;
        Bend(default(Tanh), numbers, sizes.Erases);
        Bend(default(Sigmoid), numbers + sizes.Erases, sizes.Strengths - sizes.Erases);
        Bend(default(Softplus), numbers + sizes.Strengths, sizes.Shifts - sizes.Strengths);
        for (int head = 0; head < sizes.Heads; head++)
        {
            var shift = new Span<T>(numbers + sizes.Shifts + 3 * head, 3);
            SoftmaxRow.Softmax<T>(shift, shift, out _);
        }
    }

    static void Bend<F>(F f, T* numbers, int count) where F : struct, IUnary =>
        Loops.Map(f, new ReadOnlySpan<T>(numbers, count), new Span<T>(numbers, count));

    readonly struct Sigmoid : IUnary
    {
        [MethodImpl(AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => V.Sigmoid(x);
    }

    readonly struct Tanh : IUnary
    {
        [MethodImpl(AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => V.Tanh(x);
    }

    readonly struct Softplus : IUnary
    {
        [MethodImpl(AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> =>
            V.Max(x, V.Zero) + Elementary.Log1p(V.Exp(-V.Abs(x)));
    }
}
