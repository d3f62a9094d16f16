using System.Numerics;

namespace Hondo.Kernels;

/// <summary>Dropout's mask, computed anew wherever it is needed: 32 random bits decide each number.</summary>
public static unsafe class DropoutMask
{
    const int Chunk = 1 << 14;

    /// <summary>y = x / (1 − rate) where the mask keeps, else 0; or y += that.</summary>
    /// <param name="x">What to mask: the input, or in Backward the gradient.</param>
    /// <param name="y">Where it goes.</param>
    /// <param name="rate">The share that is dropped, in steps of 2⁻³².</param>
    /// <param name="random">The numbers of the layer in this step.</param>
    /// <param name="accumulate">Adds to y instead of replacing it.</param>
    public static void Apply<T>(ReadOnlySpan<T> x, Span<T> y, double rate, Philox random, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* px = x, py = y)
        {
            var job = new Job<T>(px, py, x.Length, (uint)Math.Min(uint.MaxValue, rate * 4294967296.0),
                T.CreateTruncating(1 / (1 - rate)), random, accumulate);
            if (x.Length <= Chunk)
                job.Run(0);
            else
                Workers.Run((x.Length + Chunk - 1) / Chunk, job);
        }
    }

    readonly struct Job<T>(T* x, T* y, int length, uint threshold, T scale, Philox random, bool accumulate) : IJob
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int part)
        {
            int end = Math.Min(length, (part + 1) * Chunk);
            for (int i = part * Chunk; i < end; i += 4)
            {
                (uint a, uint b, uint c, uint d) = random.Words((ulong)i >> 2);
                Put(i, a, end);
                Put(i + 1, b, end);
                Put(i + 2, c, end);
                Put(i + 3, d, end);
            }
        }

        void Put(int i, uint bits, int end)
        {
            if (i >= end)
                return;
            T kept = bits >= threshold ? x[i] * scale : T.Zero;
            y[i] = accumulate ? y[i] + kept : kept;
        }
    }
}
