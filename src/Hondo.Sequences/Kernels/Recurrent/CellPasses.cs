using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>
/// Where the numbers of a recurrent layer's run lie. Within the run time comes first: a step's gates [batch, slots,
/// hidden] and outputs [batch, hidden] are matrices without gaps.
/// </summary>
unsafe struct CellRun<T> where T : unmanaged
{
    /// <summary>The widest register, for padded rests.</summary>
    public const int Pad = 16;

    /// <summary>Rows of a block where one step's gates are shared out.</summary>
    public const int BlockRows = 8;

    /// <summary>Units of a step whose gates are worth a fork.</summary>
    public const int WorthSharing = 1 << 11;

    // A tile of the product has 8 rows: fewer for a thread would waste it.
    const int TileRows = 8, LeastRows = 16;

    public SequenceSizes Sizes;

    /// <summary>[steps, batch, slots, hidden].</summary>
    public T* Gates;

    /// <summary>[steps + 1, batch, hidden]: the first is the state at the start.</summary>
    public T* Outputs, Memories;

    /// <summary>The layer's output or its gradient, [batch, time, hidden], rows and steps so far apart.</summary>
    public T* Y;
    public int YStride, YStep;

    /// <summary>[batch, time]: 0 where the state stays and the output is 0; null for none.</summary>
    public int* Mask;
    public int MaskStride;

    /// <summary>How many threads share the sequences.</summary>
    public int Parts;

    public readonly int RowBlocks => (Sizes.Batch + BlockRows - 1) / BlockRows;

    public readonly bool IsMasked(int row, int time) => Mask != null && Mask[(nint)row * MaskStride + time] == 0;

    /// <summary>Shares the sequences out when each thread gets enough of them; no bit depends on it.</summary>
    public void Divide() => Parts = Workers.Count > 1 && Sizes.Batch / Workers.Count >= LeastRows ? Workers.Count : 1;

    public readonly (int First, int End) RowsOf(int part) => (Edge(part), Edge(part + 1));

    readonly int Edge(int part) => part == Parts
        ? Sizes.Batch
        : (int)(((long)Sizes.Batch * part + Parts * TileRows / 2) / (Parts * TileRows)) * TileRows;

    public static void Copy(T* from, T* to, int count) =>
        new ReadOnlySpan<T>(from, count).CopyTo(new Span<T>(to, count));
}

/// <summary>
/// A recurrent layer's steps, one after the other, for some of the sequences: the product with the last output, then
/// the gates. Sequences do not meet, so that threads share them out without waiting for each other at every step.
/// </summary>
readonly unsafe struct CellForward<TCell, T>(CellRun<T> run, PackedMatrix<T>? weights) : IJob
    where TCell : struct, ICell where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(int part)
    {
        (int first, int end) = run.RowsOf(part);
        int hidden = run.Sizes.Hidden, slots = TCell.Slots * hidden;
        for (int step = 0; step < run.Sizes.Steps; step++)
        {
            T* gates = run.Gates + ((nint)step * run.Sizes.Batch + first) * slots;
            T* last = run.Outputs + ((nint)step * run.Sizes.Batch + first) * hidden;
            // One row has its product already.
            if (weights is not null)
                Gemm.MultiplyAddPacked(new(new(last, (end - first) * hidden), end - first, hidden), weights,
                    new Matrix<T>(new(gates, (end - first) * slots), end - first, TCell.StateGates * hidden, slots));
            if (run.Parts == 1 && (end - first) * hidden >= CellRun<T>.WorthSharing)
                Workers.Run(run.RowBlocks, new Rows(run, step));
            else
                new Rows(run, step).Run(first, end);
        }
    }

    /// <summary>The gates of one step.</summary>
    internal readonly struct Rows(CellRun<T> run, int step) : IJob, ILoop<T>
    {
        public void Run(int part) =>
            Run(part * CellRun<T>.BlockRows, Math.Min(run.Sizes.Batch, (part + 1) * CellRun<T>.BlockRows));

        public void Run(int first, int end) => RegisterWidth.Run<Rows, T>(this, first, end);

        public void Run<V>(int first, int end) where V : struct, ILanes<V, T>
        {
            for (int slot = 0, count; slot < TCell.Slots; slot += count)
            {
                count = 1;
                bool bends = (TCell.Sigmoids >> slot & 1) != 0;
                while (bends && (TCell.Sigmoids >> slot + count & 1) != 0)
                    count++;
                if (bends)
                    Bend<V, Sigmoid>(first, end, slot, count);
                else if ((TCell.Tanhs >> slot & 1) != 0)
                    Bend<V, Tanh>(first, end, slot, count);
            }
            Combine<V>(first, end);
        }

        [MethodImpl(AggressiveOptimization)]
        void Bend<V, F>(int first, int end, int slot, int count) where V : struct, ILanes<V, T> where F : struct, IUnary
        {
            int hidden = run.Sizes.Hidden, numbers = count * hidden;
            T* x = run.Gates + (((nint)step * run.Sizes.Batch + first) * TCell.Slots + slot) * hidden;
            for (int row = first; row < end; row++, x += TCell.Slots * hidden)
            {
                int j = 0;
                for (; j <= numbers - V.Width; j += V.Width)
                    V.Store(default(F).Apply(V.Load(ref *x, j)), ref *x, j);
                if (j < numbers)
                    BendTail<V, F>(x + j, numbers - j);
            }
        }

        static void BendTail<V, F>(T* x, int count) where V : struct, ILanes<V, T> where F : struct, IUnary
        {
            T* pad = stackalloc T[CellRun<T>.Pad];
            CellRun<T>.Copy(x, pad, count);
            V.Store(default(F).Apply(V.Load(ref *pad, 0)), ref *pad, 0);
            CellRun<T>.Copy(pad, x, count);
        }

        [MethodImpl(AggressiveOptimization)]
        void Combine<V>(int first, int end) where V : struct, ILanes<V, T>
        {
            int hidden = run.Sizes.Hidden, time = run.Sizes.Time(step);
            for (int row = first; row < end; row++)
            {
                nint from = (nint)step * run.Sizes.Batch + row, to = from + run.Sizes.Batch;
                T* gates = run.Gates + from * TCell.Slots * hidden;
                T* last = run.Outputs + from * hidden, next = run.Outputs + to * hidden;
                T* lastMemory = TCell.HasMemory ? run.Memories + from * hidden : last;
                T* memory = TCell.HasMemory ? run.Memories + to * hidden : next;
                T* y = run.Y + (nint)row * run.YStride + (nint)time * run.YStep;
                if (run.IsMasked(row, time))
                {
                    Hold(hidden, last, lastMemory, next, memory, y);
                    continue;
                }
                int j = 0;
                for (; j <= hidden - V.Width; j += V.Width)
                    Units<V>(gates + j, hidden, last + j, lastMemory + j, next + j, memory + j, y + j);
                if (j < hidden)
                    Tail<V>(gates + j, last + j, lastMemory + j, next + j, memory + j, y + j, hidden - j);
            }
        }

        [MethodImpl(AggressiveInlining)]
        static void Units<V>(T* gates, nint slot, T* last, T* lastMemory, T* next, T* memory, T* y)
            where V : struct, ILanes<V, T>
        {
            bool several = TCell.Slots > 1;
            V s0 = V.Load(ref *gates, 0), s1 = several ? V.Load(ref *gates, slot) : V.Zero;
            V s2 = several ? V.Load(ref *gates, 2 * slot) : V.Zero;
            V s3 = several ? V.Load(ref *gates, 3 * slot) : V.Zero;
            V output = V.Load(ref *last, 0), kept = TCell.HasMemory ? V.Load(ref *lastMemory, 0) : V.Zero;
            TCell.Forward(ref s0, ref s1, ref s2, ref s3, ref output, ref kept);
            V.Store(s0, ref *gates, 0);
            if (several)
            {
                V.Store(s1, ref *gates, slot);
                V.Store(s2, ref *gates, 2 * slot);
                V.Store(s3, ref *gates, 3 * slot);
            }
            if (TCell.HasMemory)
                V.Store(kept, ref *memory, 0);
            V.Store(output, ref *next, 0);
            V.Store(output, ref *y, 0);
        }

        // A part of a register costs as much as a whole one: the rest is padded.
        void Tail<V>(T* gates, T* last, T* lastMemory, T* next, T* memory, T* y, int count)
            where V : struct, ILanes<V, T>
        {
            const int Pad = CellRun<T>.Pad;
            int hidden = run.Sizes.Hidden;
            T* pads = stackalloc T[9 * Pad];
            for (int slot = 0; slot < TCell.Slots; slot++)
                CellRun<T>.Copy(gates + slot * hidden, pads + slot * Pad, count);
            CellRun<T>.Copy(last, pads + 4 * Pad, count);
            CellRun<T>.Copy(lastMemory, pads + 5 * Pad, count);
            Units<V>(pads, Pad, pads + 4 * Pad, pads + 5 * Pad, pads + 6 * Pad, pads + 7 * Pad, pads + 8 * Pad);
            for (int slot = 0; slot < TCell.Slots; slot++)
                CellRun<T>.Copy(pads + slot * Pad, gates + slot * hidden, count);
            CellRun<T>.Copy(pads + 6 * Pad, next, count);
            if (TCell.HasMemory)
                CellRun<T>.Copy(pads + 7 * Pad, memory, count);
            CellRun<T>.Copy(pads + 8 * Pad, y, count);
        }

        static void Hold(int hidden, T* last, T* lastMemory, T* next, T* memory, T* y)
        {
            CellRun<T>.Copy(last, next, hidden);
            if (TCell.HasMemory)
                CellRun<T>.Copy(lastMemory, memory, hidden);
            new Span<T>(y, hidden).Clear();
        }
    }

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
}

/// <summary>
/// The way back through a recurrent layer's steps, for some of the sequences: the gates' gradients, then their product
/// with the recurrent weights, added to what went past the gates.
/// </summary>
readonly unsafe struct CellBackward<TCell, T>(CellRun<T> run, PackedMatrix<T> weights, T* dGates, T* dOutput,
    T* dMemory) : IJob where TCell : struct, ICell where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(int part)
    {
        (int first, int end) = run.RowsOf(part);
        int hidden = run.Sizes.Hidden, slots = TCell.Slots * hidden, rows = end - first;
        for (int step = run.Sizes.Steps - 1; step >= 0; step--)
        {
            var gates = new Rows(run, step, dGates, dOutput, dMemory);
            if (run.Parts == 1 && rows * hidden >= CellRun<T>.WorthSharing)
                Workers.Run(run.RowBlocks, gates);
            else
                gates.Run(first, end);
            T* sums = dGates + ((nint)step * run.Sizes.Batch + first) * slots;
            Gemm.MultiplyAddPacked(new(new(sums, rows * slots), rows, TCell.StateGates * hidden, slots, 1), weights,
                new Matrix<T>(new(dOutput + (nint)first * hidden, rows * hidden), rows, hidden));
        }
    }

    /// <summary>The gates of one step.</summary>
    internal readonly struct Rows(CellRun<T> run, int step, T* dGates, T* dOutput, T* dMemory) : IJob, ILoop<T>
    {
        public void Run(int part) =>
            Run(part * CellRun<T>.BlockRows, Math.Min(run.Sizes.Batch, (part + 1) * CellRun<T>.BlockRows));

        public void Run(int first, int end) => RegisterWidth.Run<Rows, T>(this, first, end);

        [MethodImpl(AggressiveOptimization)]
        public void Run<V>(int first, int end) where V : struct, ILanes<V, T>
        {
            int hidden = run.Sizes.Hidden, time = run.Sizes.Time(step);
            for (int row = first; row < end; row++)
            {
                nint from = (nint)step * run.Sizes.Batch + row;
                T* gates = run.Gates + from * TCell.Slots * hidden, sums = dGates + from * TCell.Slots * hidden;
                if (run.IsMasked(row, time))
                {
                    new Span<T>(sums, TCell.Slots * hidden).Clear();
                    continue;
                }
                T* output = run.Outputs + from * hidden, dy = run.Y + (nint)row * run.YStride + (nint)time * run.YStep;
                T* memory = TCell.HasMemory ? run.Memories + from * hidden : output;
                T* dh = dOutput + (nint)row * hidden, dc = TCell.HasMemory ? dMemory + (nint)row * hidden : dh;
                int j = 0;
                for (; j <= hidden - V.Width; j += V.Width)
                    Units<V>(gates + j, sums + j, hidden, output + j, memory + j, dy + j, dh + j, dc + j);
                if (j < hidden)
                    Tail<V>(gates + j, sums + j, output + j, memory + j, dy + j, dh + j, dc + j, hidden - j);
            }
        }

        [MethodImpl(AggressiveInlining)]
        static void Units<V>(T* gates, T* sums, nint slot, T* output, T* memory, T* dy, T* dh, T* dc)
            where V : struct, ILanes<V, T>
        {
            bool several = TCell.Slots > 1;
            V s0 = V.Load(ref *gates, 0), s1 = several ? V.Load(ref *gates, slot) : V.Zero;
            V s2 = several ? V.Load(ref *gates, 2 * slot) : V.Zero;
            V s3 = several ? V.Load(ref *gates, 3 * slot) : V.Zero;
            V dOut = V.Load(ref *dh, 0) + V.Load(ref *dy, 0), dKept = TCell.HasMemory ? V.Load(ref *dc, 0) : V.Zero;
            V kept = TCell.HasMemory ? V.Load(ref *memory, 0) : V.Zero;
            TCell.Backward(ref s0, ref s1, ref s2, ref s3, V.Load(ref *output, 0), kept, ref dOut, ref dKept);
            V.Store(s0, ref *sums, 0);
            if (several)
            {
                V.Store(s1, ref *sums, slot);
                V.Store(s2, ref *sums, 2 * slot);
                V.Store(s3, ref *sums, 3 * slot);
            }
            V.Store(dOut, ref *dh, 0);
            if (TCell.HasMemory)
                V.Store(dKept, ref *dc, 0);
        }

        // A part of a register costs as much as a whole one: the rest is padded.
        void Tail<V>(T* gates, T* sums, T* output, T* memory, T* dy, T* dh, T* dc, int count)
            where V : struct, ILanes<V, T>
        {
            const int Pad = CellRun<T>.Pad;
            int hidden = run.Sizes.Hidden;
            T* pads = stackalloc T[9 * Pad];
            for (int slot = 0; slot < TCell.Slots; slot++)
                CellRun<T>.Copy(gates + slot * hidden, pads + slot * Pad, count);
            CellRun<T>.Copy(output, pads + 4 * Pad, count);
            CellRun<T>.Copy(memory, pads + 5 * Pad, count);
            CellRun<T>.Copy(dy, pads + 6 * Pad, count);
            CellRun<T>.Copy(dh, pads + 7 * Pad, count);
            CellRun<T>.Copy(dc, pads + 8 * Pad, count);
            Units<V>(pads, pads, Pad, pads + 4 * Pad, pads + 5 * Pad, pads + 6 * Pad, pads + 7 * Pad, pads + 8 * Pad);
            for (int slot = 0; slot < TCell.Slots; slot++)
                CellRun<T>.Copy(pads + slot * Pad, sums + slot * hidden, count);
            CellRun<T>.Copy(pads + 7 * Pad, dh, count);
            if (TCell.HasMemory)
                CellRun<T>.Copy(pads + 8 * Pad, dc, count);
        }
    }
}
