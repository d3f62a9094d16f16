using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hondo.Kernels;

/// <summary>
/// Dropout's mask, computed anew in Backward instead of being stored. 16 random bits decide each number: a group of
/// 128 numbers takes 16 blocks of <see cref="Philox"/>, number j of it the half j / 16 of block j mod 16, so that
/// registers of blocks mask runs of numbers without any shuffling.
/// </summary>
static unsafe class DropoutMask
{
    const int Group = 128;
    const int Blocks = 16;
    const int Chunk = 128 * Group;
    const int Levels = 1 << 16;

    /// <summary>y = x / (1 − rate) where the mask keeps, else 0; or y += that.</summary>
    /// <param name="x">What to mask: the input, or in Backward the gradient.</param>
    /// <param name="y">Where it goes.</param>
    /// <param name="rate">The share that is dropped, rounded to a multiple of 2⁻¹⁶.</param>
    /// <param name="random">The numbers of the layer in this step.</param>
    /// <param name="accumulate">Adds to y instead of replacing it.</param>
    public static void Apply<T>(ReadOnlySpan<T> x, Span<T> y, double rate, Philox random, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int threshold = (int)Math.Min(Levels - 1, Math.Round(rate * Levels));
        fixed (T* px = x, py = y)
        {
            var job = new Job<T>(px, py, x.Length, threshold, (double)Levels / (Levels - threshold), random,
                accumulate);
            if (x.Length <= Chunk)
                job.Run(0);
            else
                Workers.Run((x.Length + Chunk - 1) / Chunk, job);
        }
    }

    readonly struct Job<T>(T* x, T* y, int length, int threshold, double scale, Philox random, bool accumulate) : IJob
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Compiled at once: before, the first masks of a run took twenty times as long.
        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int part)
        {
            uint* words = stackalloc uint[4 * Blocks];
            int end = Math.Min(length, (part + 1) * Chunk);
            for (int i = part * Chunk; i < end; i += Group)
            {
                random.Fill(words, (ulong)i / (Group / Blocks));
                int count = Math.Min(Group, end - i);
                if (typeof(T) == typeof(float) && Vector256.IsHardwareAccelerated && count == Group)
                    MaskGroup((float*)(x + i), (float*)(y + i), words);
                else
                    MaskSlowly(x + i, y + i, words, count);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        void MaskGroup(float* from, float* to, uint* words)
        {
            Vector256<uint> limit = Vector256.Create((uint)threshold), low = Vector256.Create(0xFFFFu);
            Vector256<float> factor = Vector256.Create((float)scale);
            for (int j = 0; j < Group; j += Vector256<float>.Count)
            {
                Vector256<uint> word = Vector256.Load(words + j / (2 * Blocks) * Blocks + j % Blocks);
                Vector256<uint> bits = j / Blocks % 2 == 0 ? word & low : word >>> 16;
                Vector256<float> kept = (Vector256.Load(from + j) * factor)
                    & Vector256.GreaterThanOrEqual(bits, limit).AsSingle();
                (accumulate ? Vector256.Load(to + j) + kept : kept).Store(to + j);
            }
        }

        void MaskSlowly(T* from, T* to, uint* words, int count)
        {
            T factor = T.CreateTruncating(scale);
            for (int j = 0; j < count; j++)
            {
                uint word = words[j / (2 * Blocks) * Blocks + j % Blocks];
                uint bits = j / Blocks % 2 == 0 ? word & 0xFFFF : word >>> 16;
                T kept = bits >= threshold ? from[j] * factor : T.Zero;
                to[j] = accumulate ? to[j] + kept : kept;
            }
        }
    }
}
