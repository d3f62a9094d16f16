using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hondo.Kernels;

/// <summary>
/// Layer norm and its kin: every row by its own mean and variance, or by its mean square alone
/// [rows, features]      x̂ = (x − mean) · inverse,   y = x̂·γ + β
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="rows">How many rows.</param>
/// <param name="features">Length of a row.</param>
/// <param name="centers">False leaves the mean in: RMS norm.</param>
readonly unsafe struct RowNormalization<T>(int rows, int features, bool centers)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int Part = 1 << 13;

    int RowsOfPart => Math.Max(1, Part / Math.Max(1, features));

    int Parts => (rows + RowsOfPart - 1) / RowsOfPart;

    /// <summary>y from x; leaves mean and 1/√(variance + ε) of each row for Backward.</summary>
    /// <param name="x">[rows, features].</param>
    /// <param name="gamma">[features], or empty for 1.</param>
    /// <param name="beta">[features], or empty for 0.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="y">[rows, features].</param>
    /// <param name="statistics">[rows, 2].</param>
    public void Forward(ReadOnlySpan<T> x, ReadOnlySpan<T> gamma, ReadOnlySpan<T> beta, double epsilon, Span<T> y,
        Span<T> statistics)
    {
        fixed (T* px = x, pg = gamma, pb = beta, py = y, ps = statistics)
            Run(new ForwardJob(rows, features, RowsOfPart, centers, px, pg, pb, epsilon, py, ps));
    }

    /// <summary>
    /// dx = inverse · (g − mean(g) − x̂·mean(g·x̂)) with g = dy·γ; dγ += Σ dy·x̂ and dβ += Σ dy over the rows.
    /// </summary>
    /// <param name="x">[rows, features].</param>
    /// <param name="gamma">[features], or empty for 1.</param>
    /// <param name="statistics">What Forward left.</param>
    /// <param name="dy">[rows, features].</param>
    /// <param name="dx">[rows, features], or empty when it is not needed.</param>
    /// <param name="accumulate">True adds to dx.</param>
    /// <param name="sums">[2, features]: where dγ and dβ go, or empty.</param>
    public void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> gamma, ReadOnlySpan<T> statistics, ReadOnlySpan<T> dy,
        Span<T> dx, bool accumulate, Span<T> sums)
    {
        T* partial = Scratch.Shared<T>((nint)Parts * 2 * features);
        fixed (T* px = x, pg = gamma, ps = statistics, py = dy, pd = dx)
            Run(new BackwardJob(rows, features, RowsOfPart, centers, px, pg, ps, py, pd, accumulate,
                sums.IsEmpty ? null : partial));
        if (!sums.IsEmpty)
            Reduction.SumRows(new ReadOnlySpan<T>(partial, Parts * 2 * features), Parts, 2 * features, sums, false);
    }

    void Run<TJob>(TJob job) where TJob : struct, IJob
    {
        if ((long)rows * features > Loops.Chunk)
            Workers.Run(Parts, job);
        else
            for (int part = 0; part < Parts; part++)
                job.Run(part);
    }

    readonly struct ForwardJob(int rows, int features, int count, bool centers, T* x, T* gamma, T* beta,
        double epsilon, T* y, T* statistics) : IJob
    {
        public void Run(int part)
        {
            int end = Math.Min(rows, (part + 1) * count);
            for (int row = part * count; row < end; row++)
                Row(new(x + (nint)row * features, features), new(y + (nint)row * features, features), row);
        }

        void Row(ReadOnlySpan<T> from, Span<T> to, int row)
        {
            double mean = centers ? Reduction.Sum(from) / features : 0;
            double variance = Reduction.Sum(new Squared(mean), from, from) / features;
            double inverse = 1 / Math.Sqrt(variance + epsilon);
            (statistics[2 * row], statistics[2 * row + 1]) = (T.CreateTruncating(mean), T.CreateTruncating(inverse));
            if (gamma is null)
                Loops.Map(new Standard(mean, inverse), from, to);
            else if (beta is null)
                Loops.Map(new Standard(mean, inverse), from, new(gamma, features), to);
            else
                Loops.Map(new Standard(mean, inverse), from, new(gamma, features), new(beta, features), to);
        }
    }

    readonly struct BackwardJob(int rows, int features, int count, bool centers, T* x, T* gamma, T* statistics,
        T* dy, T* dx, bool accumulate, T* partial) : IJob
    {
        public void Run(int part)
        {
            int end = Math.Min(rows, (part + 1) * count);
            Span<T> sums = partial is null ? default : new(partial + (nint)part * 2 * features, 2 * features);
            sums.Clear();
            // The gradient of x̂ needs room when it is scaled.
            Span<T> scaled = new(Scratch.Own<T>(features), features);
            for (int row = part * count; row < end; row++)
                Row(row, scaled, sums);
        }

        void Row(int row, Span<T> scaled, Span<T> sums)
        {
            double mean = double.CreateTruncating(statistics[2 * row]);
            double inverse = double.CreateTruncating(statistics[2 * row + 1]);
            ReadOnlySpan<T> from = new(x + (nint)row * features, features);
            ReadOnlySpan<T> above = new(dy + (nint)row * features, features);
            if (!sums.IsEmpty)
            {
                Loops.Accumulate(new Weighted(mean, inverse), above, from, sums[..features]);
                Loops.Accumulate(new Itself(), above, sums[features..]);
            }
            if (dx is null)
                return;
            ReadOnlySpan<T> g = above;
            if (gamma is not null)
            {
                Loops.Map(new Product(), above, new(gamma, features), scaled);
                g = scaled;
            }
            double center = centers ? Reduction.Sum(g) / features : 0;
            double slope = Reduction.Sum(new Weighted(mean, inverse), g, from) / features;
            Span<T> to = new(dx + (nint)row * features, features);
            if (accumulate)
                Loops.Accumulate(new Back(mean, inverse, center, slope), g, from, to);
            else
                Loops.Map(new Back(mean, inverse, center, slope), g, from, to);
        }
    }

    readonly struct Squared(double mean) : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x, V same) where V : struct, ILanes<V> => (x - V.Create(mean)) * (x - V.Create(mean));
    }

    readonly struct Standard(double mean, double inverse) : IUnary, IBinary, ITernary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => (x - V.Create(mean)) * V.Create(inverse);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x, V gamma) where V : struct, ILanes<V> => Apply(x) * gamma;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x, V gamma, V beta) where V : struct, ILanes<V> =>
            V.FusedMultiplyAdd(Apply(x), gamma, beta);
    }

    readonly struct Weighted(double mean, double inverse) : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V dy, V x) where V : struct, ILanes<V> => dy * ((x - V.Create(mean)) * V.Create(inverse));
    }

    readonly struct Itself : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => x;
    }

    readonly struct Product : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x, V z) where V : struct, ILanes<V> => x * z;
    }

    readonly struct Back(double mean, double inverse, double center, double slope) : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V g, V x) where V : struct, ILanes<V>
        {
            V hat = (x - V.Create(mean)) * V.Create(inverse);
            return V.Create(inverse) * (g - V.Create(center) - hat * V.Create(slope));
        }
    }
}
