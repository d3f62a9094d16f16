using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hondo.Kernels;

/// <summary>
/// Softmax of short rows, 16 at a time with one row in each lane: nothing runs across a register, which for ten
/// classes takes longer than the exponentials (5 times as fast as row by row).
/// </summary>
readonly unsafe struct ShortRows<T>(T* x, int rows, int classes, T* y, T* maxima, T* sums) : IJob, ILoop<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The longest row that is short.</summary>
    public const int MostClasses = 128;

    const int Group = 16;
    const int Part = 64 * Group;

    /// <summary>y = the softmax of each row; also the rows' maxima and Σ e^(x − max), where wanted.</summary>
    public static void Run(
        ReadOnlySpan<T> x, int rows, int classes, Span<T> y, Span<T> maxima = default, Span<T> sums = default)
    {
        fixed (T* px = x, py = y, pm = maxima, ps = sums)
        {
            var job = new ShortRows<T>(px, rows, classes, py, pm, ps);
            if (x.Length <= Loops.Chunk)
                job.Rows(0, rows);
            else
                Workers.Run((rows + Part - 1) / Part, job);
        }
    }

    public void Run(int part) => Rows(part * Part, Math.Min(rows, (part + 1) * Part));

    void Rows(int first, int end) => RegisterWidth.Run<ShortRows<T>, T>(this, first, end);

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>(int first, int end) where V : struct, ILanes<V, T>
    {
        T* turned = stackalloc T[MostClasses * Group], tops = stackalloc T[Group], totals = stackalloc T[Group];
        for (int row = first; row < end; row += Group)
        {
            int count = Math.Min(Group, end - row);
            Turn(x + (nint)row * classes, count, turned);
            for (int lane = 0; lane < Group; lane += V.Width)
                Lanes<V>(turned + lane, tops + lane, totals + lane);
            TurnBack(turned, count, y + (nint)row * classes);
            if (maxima is null)
                continue;
            for (int k = 0; k < count; k++)
                (maxima[row + k], sums[row + k]) = (tops[k], totals[k]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Lanes<V>(T* turned, T* top, T* total) where V : struct, ILanes<V, T>
    {
        int length = classes * Group;
        V maximum = V.Load(ref *turned, 0), sum = V.Zero;
        for (int i = Group; i < length; i += Group)
            maximum = V.Max(maximum, V.Load(ref *turned, i));
        for (int i = 0; i < length; i += Group)
        {
            // Subtract the row's maximum: e^x overflows float32 at x > 88.
            V e = V.Exp(V.Load(ref *turned, i) - maximum);
            V.Store(e, ref *turned, i);
            sum += e;
        }
        V scale = V.One / sum;
        for (int i = 0; i < length; i += Group)
            V.Store(V.Load(ref *turned, i) * scale, ref *turned, i);
        V.Store(maximum, ref *top, 0);
        V.Store(sum, ref *total, 0);
    }

    void Turn(T* from, int count, T* turned)
    {
        if (count < Group)
            new Span<T>(turned, classes * Group).Clear();
        Turned.Copy(new(from, 1, classes), classes, count, turned, Group);
    }

    void TurnBack(T* turned, int count, T* to) => Turned.Copy(new(turned, 1, Group), count, classes, to, classes);
}
