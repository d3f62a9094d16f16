using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>The way back through a Neural Turing Machine's steps, for some of the sequences.</summary>
readonly unsafe struct NtmBackward<TCell, T>(NtmRun<T> run, NtmGradients<T> d, PackedMatrix<T> controller,
    PackedMatrix<T> heads, T* dx, bool adds) : IJob
    where TCell : struct, ICell where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(int part)
    {
        (int first, int end) = run.RowsOf(part);
        NtmSizes sizes = run.Sizes;
        int rows = end - first, slots = TCell.Slots * sizes.Hidden;
        T* dOutputs = d.Outputs + (nint)first * sizes.Hidden, dInputs = d.Inputs + (nint)first * sizes.Channels;
        for (int step = sizes.Steps - 1; step >= 0; step--)
        {
            if (Vector512.IsHardwareAccelerated)
                Act<Lanes512<T>>(step, first, end);
            else if (Vector256.IsHardwareAccelerated)
                Act<Lanes256<T>>(step, first, end);
            else if (Vector128.IsHardwareAccelerated)
                Act<Lanes128<T>>(step, first, end);
            else
                Act<Scalar<T>>(step, first, end);
            T* numbers = d.Numbers + run.At(step, first) * sizes.Numbers;
            Gemm.MultiplyAddPacked(new(new(numbers, rows * sizes.Numbers), rows, sizes.Numbers), heads,
                new Matrix<T>(new(dOutputs, rows * sizes.Hidden), rows, sizes.Hidden));
            new CellBackward<TCell, T>.Rows(run.Cell, step, d.Gates, d.Outputs, d.Memories).Run(first, end);
            Gemm.MultiplyPacked(new(new(d.Gates + run.At(step, first) * slots, rows * slots), rows, slots),
                controller, new Matrix<T>(new(dInputs, rows * sizes.Channels), rows, sizes.Channels));
            for (int row = first; row < end; row++)
                Scatter(step, row);
        }
    }

    void Scatter(int step, int row)
    {
        NtmSizes sizes = run.Sizes;
        T* from = d.Inputs + (nint)row * sizes.Channels;
        if (dx is not null)
        {
            var into = new Span<T>(dx + ((nint)row * sizes.Steps + step) * sizes.Features, sizes.Features);
            if (adds)
                Loops.Accumulate(default(Identity), new ReadOnlySpan<T>(from, sizes.Features), into);
            else
                new ReadOnlySpan<T>(from, sizes.Features).CopyTo(into);
        }
        from += sizes.Channels - sizes.Carried;
        Loops.Accumulate(default(Identity), new ReadOnlySpan<T>(from, sizes.Carried),
            new Span<T>(d.Outputs + (nint)row * sizes.Hidden, sizes.Carried));
    }

    void Act<V>(int step, int first, int end) where V : struct, ILanes<V, T>
    {
        NtmSizes sizes = run.Sizes;
        T* work = Scratch.Own<T>(NtmHead<V, T>.Work(sizes));
        for (int row = first; row < end; row++)
        {
            T* numbers = run.NumbersOf(step, row), memory = run.MemoryOf(step, row);
            T* dNumbers = d.Numbers + run.At(step, row) * sizes.Numbers;
            T* dMemory = d.Memory + (nint)row * sizes.Memory, dLengths = d.Lengths + (nint)row * sizes.Rows;
            T* dWeights = d.Weights + (nint)row * sizes.Heads * sizes.Rows;
            new Span<T>(dLengths, sizes.Rows).Clear();
            NtmMemory<V, T>.WriteBack(sizes, numbers, run.WeightsOf(step + 1, row, sizes.Reads), memory, dMemory,
                dWeights + sizes.Reads * sizes.Rows, dNumbers, work);
            AddReads(step, row);
            for (int head = 0; head < sizes.Heads; head++, dWeights += sizes.Rows)
            {
                T* weights = run.WeightsOf(step + 1, row, head);
                if (head < sizes.Reads)
                    NtmMemory<V, T>.ReadBack(sizes, memory, weights, ReadGradient(row) + head * sizes.Width,
                        dMemory, dWeights);
                NtmHead<V, T>.Backward(sizes, head, numbers, memory, run.LengthsOf(step, row),
                    run.WeightsOf(step, row, head), run.TraceOf(step, row, head), weights, dWeights, dNumbers,
                    dMemory, dLengths, work);
            }
            NtmMemory<V, T>.LengthBack(sizes, memory, dLengths, dMemory);
            Unbend(numbers, dNumbers);
        }
    }

    T* ReadGradient(int row) => d.Inputs + (nint)row * run.Sizes.Channels + run.Sizes.Features;

    // What was read goes to the result and to the controller's next step.
    void AddReads(int step, int row)
    {
        int count = run.Sizes.Reads * run.Sizes.Width;
        Loops.Accumulate(default(Identity), new ReadOnlySpan<T>(run.ReadOf(step, row), count),
            new Span<T>(ReadGradient(row), count));
    }

    // The shifts' softmax has been gone back through already.
    void Unbend(T* numbers, T* dNumbers)
    {
        NtmSizes sizes = run.Sizes;
        Unbend(default(OfTanh), numbers, dNumbers, sizes.Erases);
        Unbend(default(OfSigmoid), numbers + sizes.Erases, dNumbers + sizes.Erases, sizes.Strengths - sizes.Erases);
        Unbend(default(OfSoftplus), numbers + sizes.Strengths, dNumbers + sizes.Strengths,
            sizes.Shifts - sizes.Strengths);
    }

    static void Unbend<F>(F f, T* numbers, T* dNumbers, int count) where F : struct, IBinary =>
        Loops.Map(f, new ReadOnlySpan<T>(numbers, count), new ReadOnlySpan<T>(dNumbers, count),
            new Span<T>(dNumbers, count));

    readonly struct OfTanh : IBinary
    {
        [MethodImpl(AggressiveInlining)]
        public V Apply<V>(V y, V dy) where V : struct, ILanes<V> => dy * (V.One - y * y);
    }

    readonly struct OfSigmoid : IBinary
    {
        [MethodImpl(AggressiveInlining)]
        public V Apply<V>(V y, V dy) where V : struct, ILanes<V> => dy * y * (V.One - y);
    }

    // y = ln(1 + eˣ), so that σ(x) = 1 − e⁻ʸ.
    readonly struct OfSoftplus : IBinary
    {
        [MethodImpl(AggressiveInlining)]
        public V Apply<V>(V y, V dy) where V : struct, ILanes<V> => dy * (V.One - V.Exp(-y));
    }
}

/// <summary>Where a Neural Turing Machine's gradients lie on the way back.</summary>
unsafe struct NtmGradients<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>[steps, batch, …]: of the controller's sums and of the heads' numbers before their bends.</summary>
    public T* Gates, Numbers;

    /// <summary>[batch, …]: of what a step leaves to the next one.</summary>
    public T* Outputs, Memories, Memory, Weights, Lengths;

    /// <summary>[batch, channels]: of what the controller saw; what was read waits there for the step before.</summary>
    public T* Inputs;

    /// <summary>How many numbers all of these are.</summary>
    public static long Count(NtmSizes sizes, int slots) => (long)sizes.Batch * (sizes.Steps
        * ((long)slots * sizes.Hidden + sizes.Numbers) + PerSequence(sizes));

    static long PerSequence(NtmSizes sizes) =>
        2L * sizes.Hidden + sizes.Memory + (sizes.Heads + 1L) * sizes.Rows + sizes.Channels;

    /// <summary>Lays them into memory; what the last step leaves is 0.</summary>
    public NtmGradients(NtmSizes sizes, int slots, T* memory)
    {
        nint batch = sizes.Batch, steps = batch * sizes.Steps;
        Gates = memory;
        Numbers = Gates + steps * slots * sizes.Hidden;
        Outputs = Numbers + steps * sizes.Numbers;
        Memories = Outputs + batch * sizes.Hidden;
        Memory = Memories + batch * sizes.Hidden;
        Weights = Memory + batch * sizes.Memory;
        Lengths = Weights + batch * sizes.Heads * sizes.Rows;
        Inputs = Lengths + batch * sizes.Rows;
        new Span<T>(Outputs, checked((int)(batch * PerSequence(sizes)))).Clear();
    }
}
