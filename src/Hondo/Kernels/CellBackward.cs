using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

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
    internal readonly struct Rows(CellRun<T> run, int step, T* dGates, T* dOutput, T* dMemory) : IJob
    {
        public void Run(int part) =>
            Run(part * CellRun<T>.BlockRows, Math.Min(run.Sizes.Batch, (part + 1) * CellRun<T>.BlockRows));

        public void Run(int first, int end)
        {
            if (Vector512.IsHardwareAccelerated)
                Run<Lanes512<T>>(first, end);
            else if (Vector256.IsHardwareAccelerated)
                Run<Lanes256<T>>(first, end);
            else if (Vector128.IsHardwareAccelerated)
                Run<Lanes128<T>>(first, end);
            else
                Run<Scalar<T>>(first, end);
        }

        [MethodImpl(AggressiveOptimization)]
        void Run<V>(int first, int end) where V : struct, ILanes<V, T>
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
