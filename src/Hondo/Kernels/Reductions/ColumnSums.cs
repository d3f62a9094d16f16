using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>
/// The sums of the columns of a matrix, each column in one lane: 128 rows are added up plainly, and what the additions
/// of such sums lose is kept beside them (Knuth's two-sum), so that a million rows are as exact as a hundred.
/// </summary>
readonly unsafe struct ColumnSums<T>(T* x, int rows, int columns, T* y, bool accumulate) : IJob, ILoop<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int Columns = 64;
    const int Rows = 128;
    const int Chunk = 512;
    const int Widest = 16;

    public static void Run(T* x, int rows, int columns, T* y, bool accumulate)
    {
        if (columns <= Columns && rows > 2 * Chunk)
        {
            RunTall(x, rows, columns, y, accumulate);
            return;
        }
        if ((long)rows * columns > Loops.Chunk)
            Workers.Run((columns + Columns - 1) / Columns, new ColumnSums<T>(x, rows, columns, y, accumulate));
        else
            RunOnThis(x, rows, columns, y, accumulate);
    }

    /// <summary>The sums within a job's part.</summary>
    public static void RunOnThis(T* x, int rows, int columns, T* y, bool accumulate = false)
    {
        var job = new ColumnSums<T>(x, rows, columns, y, accumulate);
        for (int part = 0; part * Columns < columns; part++)
            job.Run(part);
    }

    // The bias of a convolution has few columns and very many rows: chunks of rows keep all threads busy, and the
    // second register of a row finds it in the cache.
    static void RunTall(T* x, int rows, int columns, T* y, bool accumulate)
    {
        int parts = (rows + Chunk - 1) / Chunk;
        T* sums = Scratch.Shared<T>((nint)parts * columns);
        Workers.Run(parts, new Tall(x, rows, columns, sums));
        new ColumnSums<T>(sums, parts, columns, y, accumulate).Run(0);
    }

    readonly struct Tall(T* x, int rows, int columns, T* sums) : IJob
    {
        public void Run(int part)
        {
            nint first = (nint)part * Chunk;
            new ColumnSums<T>(x + first * columns, (int)Math.Min(Chunk, rows - first), columns,
                sums + (nint)part * columns, false).Run(0);
        }
    }

    public void Run(int part)
    {
        int start = part * Columns, end = Math.Min(columns, start + Columns);
        RegisterWidth.Run<ColumnSums<T>, T>(this, start, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>(int start, int end) where V : struct, ILanes<V, T>
    {
        int i = start;
        for (; i <= end - 4 * V.Width; i += 4 * V.Width)
            FourRegisters<V>(i);
        for (; i < end; i += V.Width)
            OneRegister<V>(i, Math.Min(V.Width, end - i));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void FourRegisters<V>(int column) where V : struct, ILanes<V, T>
    {
        V sumA = V.Zero, sumB = V.Zero, sumC = V.Zero, sumD = V.Zero;
        V lostA = V.Zero, lostB = V.Zero, lostC = V.Zero, lostD = V.Zero;
        for (int first = 0; first < rows; first += Rows)
        {
            V a = V.Zero, b = V.Zero, c = V.Zero, d = V.Zero;
            T* from = x + (nint)first * columns + column;
            for (int row = Math.Min(Rows, rows - first); row > 0; row--, from += columns)
            {
                a += V.Load(ref *from, 0);
                b += V.Load(ref *from, V.Width);
                c += V.Load(ref *from, 2 * V.Width);
                d += V.Load(ref *from, 3 * V.Width);
            }
            Add(ref sumA, ref lostA, a);
            Add(ref sumB, ref lostB, b);
            Add(ref sumC, ref lostC, c);
            Add(ref sumD, ref lostD, d);
        }
        Store(Total(sumA, lostA), y + column);
        Store(Total(sumB, lostB), y + column + V.Width);
        Store(Total(sumC, lostC), y + column + 2 * V.Width);
        Store(Total(sumD, lostD), y + column + 3 * V.Width);
    }

    // A register may reach into the next row, whose numbers are not used; only at the end of the matrix that is no row.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void OneRegister<V>(int column, int count) where V : struct, ILanes<V, T>
    {
        T* pad = stackalloc T[Widest];
        V sum = V.Zero, lost = V.Zero;
        long length = (long)rows * columns;
        int safe = (int)Math.Clamp((length - column - V.Width) / columns + 1, 0, rows);
        if (length < column + V.Width)
            safe = 0;
        for (int first = 0; first < rows; first += Rows)
        {
            V part = V.Zero;
            int end = Math.Min(rows, first + Rows), row = first;
            for (; row < Math.Min(end, safe); row++)
                part += V.Load(ref *(x + (nint)row * columns), column);
            for (; row < end; row++)
            {
                new ReadOnlySpan<T>(x + (nint)row * columns + column, count).CopyTo(new(pad, Widest));
                part += V.Load(ref *pad, 0);
            }
            Add(ref sum, ref lost, part);
        }
        V.Store(Total(sum, lost), ref *pad, 0);
        for (int k = 0; k < count; k++)
            y[column + k] = accumulate ? y[column + k] + pad[k] : pad[k];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Add<V>(ref V sum, ref V lost, V part) where V : struct, ILanes<V>
    {
        V total = sum + part, added = total - sum;
        lost += (sum - (total - added)) + (part - added);
        sum = total;
    }

    // Infinities leave NaN as what was lost.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V Total<V>(V sum, V lost) where V : struct, ILanes<V> => V.Select(V.Equals(lost, lost), sum + lost, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Store<V>(V value, T* to) where V : struct, ILanes<V, T> =>
        V.Store(accumulate ? V.Load(ref *to, 0) + value : value, ref *to, 0);
}

/// <summary>A register of columns: all of it, or the first ones where the columns end within it.</summary>
unsafe interface IColumns<T, V> where T : unmanaged where V : struct
{
    /// <summary>The mask for so many columns.</summary>
    static abstract V Mask(int columns);

    static abstract V Load(T* source, V mask);

    static abstract void Store(V value, T* target, V mask);
}

/// <summary>A whole register.</summary>
readonly unsafe struct WholeColumns<T, V, S> : IColumns<T, V>
    where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    [MethodImpl(AggressiveInlining)]
    public static V Mask(int columns) => default;

    [MethodImpl(AggressiveInlining)]
    public static V Load(T* source, V mask) => S.Load(source);

    [MethodImpl(AggressiveInlining)]
    public static void Store(V value, T* target, V mask) => S.Store(value, target);
}

/// <summary>The first columns of a register.</summary>
readonly unsafe struct FirstColumns<T, V, S> : IColumns<T, V>
    where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    [MethodImpl(AggressiveInlining)]
    public static V Mask(int columns) => S.MaskOfFirst(columns);

    [MethodImpl(AggressiveInlining)]
    public static V Load(T* source, V mask) => S.Load(source, mask);

    [MethodImpl(AggressiveInlining)]
    public static void Store(V value, T* target, V mask) => S.Store(value, target, mask);
}
