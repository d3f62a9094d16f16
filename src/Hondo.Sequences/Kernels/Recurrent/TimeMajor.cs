using System.Numerics;

namespace Hondo.Kernels;

/// <summary>
/// Sequences [batch, time, features] as steps [step, batch, features] and back: a recurrent layer works on one step of
/// all sequences at a time.
/// </summary>
static unsafe class TimeMajor
{
    /// <summary>Copies the first steps of each sequence, in the order in which they run.</summary>
    public static void Split<T>(SequenceSizes sizes, ReadOnlySpan<T> x, Span<T> steps) where T : unmanaged
    {
        int features = steps.Length / (sizes.Batch * sizes.Steps);
        fixed (T* from = x, to = steps)
            Workers.Run(sizes.Batch, new Job<T>(sizes, features, x.Length / sizes.Batch, from, to));
    }

    /// <summary>Copies steps back, or adds them; what x has beyond them becomes 0, or stays.</summary>
    public static void Join<T>(SequenceSizes sizes, ReadOnlySpan<T> steps, Span<T> x, bool adds)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int features = steps.Length / (sizes.Batch * sizes.Steps);
        fixed (T* from = steps, to = x)
            Workers.Run(sizes.Batch, new BackJob<T>(sizes, features, x.Length / sizes.Batch, from, to, adds));
    }

    /// <summary>Every row of a matrix becomes the given one.</summary>
    public static void Repeat<T>(ReadOnlySpan<T> row, Matrix<T> rows) where T : unmanaged
    {
        fixed (T* from = row, to = rows.Values)
            Workers.Run((rows.Rows + RepeatJob<T>.Rows - 1) / RepeatJob<T>.Rows,
                new RepeatJob<T>(from, row.Length, to, rows.Rows, rows.RowStride));
    }

    readonly struct RepeatJob<T>(T* from, int length, T* to, int count, nint stride) : IJob where T : unmanaged
    {
        public const int Rows = 64;

        public void Run(int part)
        {
            for (int row = part * Rows, end = Math.Min(count, row + Rows); row < end; row++)
                new ReadOnlySpan<T>(from, length).CopyTo(new(to + row * stride, length));
        }
    }

    readonly struct Job<T>(SequenceSizes sizes, int features, int row, T* x, T* steps) : IJob where T : unmanaged
    {
        public void Run(int part)
        {
            for (int step = 0; step < sizes.Steps; step++)
                new ReadOnlySpan<T>(x + (nint)part * row + (nint)sizes.Time(step) * features, features)
                    .CopyTo(new(steps + ((nint)step * sizes.Batch + part) * features, features));
        }
    }

    readonly struct BackJob<T>(SequenceSizes sizes, int features, int row, T* steps, T* x, bool adds) : IJob
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int part)
        {
            T* to = x + (nint)part * row;
            for (int step = 0; step < sizes.Steps; step++)
            {
                var from = new ReadOnlySpan<T>(steps + ((nint)step * sizes.Batch + part) * features, features);
                var into = new Span<T>(to + (nint)sizes.Time(step) * features, features);
                if (adds)
                    Loops.Accumulate(default(Identity), from, into);
                else
                    from.CopyTo(into);
            }
            if (!adds)
                new Span<T>(to + (nint)sizes.Steps * features, row - sizes.Steps * features).Clear();
        }
    }
}
