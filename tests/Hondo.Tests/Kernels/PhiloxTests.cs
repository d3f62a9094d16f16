using Hondo.Kernels;

namespace Hondo.Tests.Kernels;

public sealed class PhiloxTests
{
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u,
        0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void The_generator_gives_its_authors_known_answers(
        uint a, uint b, uint c, uint d, uint keyA, uint keyB, uint w, uint x, uint y, uint z) =>
        Assert.Equal((w, x, y, z), Philox.Block((a, b, c, d), (keyA, keyB)));

    [Fact]
    public void Many_blocks_at_once_are_the_single_blocks()
    {
        var random = new Philox(7, 0xABCDEF0123456789, 42);
        float[] ones = [.. Enumerable.Repeat(1f, 1000)], kept = new float[1000];
        DropoutMask.Apply((ReadOnlySpan<float>)ones, kept, 0.3, random, accumulate: false);
        int threshold = (int)Math.Round(0.3 * 65536);
        for (int i = 0; i < ones.Length; i++)
        {
            int j = i % 128;
            (uint a, uint b, uint c, uint d) = random.Words((ulong)(i / 128 * 16 + j % 16));
            uint word = (j / 32) switch { 0 => a, 1 => b, 2 => c, _ => d };
            bool keeps = (j / 16 % 2 == 0 ? word & 0xFFFF : word >> 16) >= threshold;
            Assert.Equal(keeps ? (float)(65536.0 / (65536 - threshold)) : 0, kept[i]);
        }
    }

    [Fact]
    public void The_mask_is_the_same_for_float_double_and_any_number_of_threads()
    {
        var random = new Philox(1, 2, 3);
        double[] ones = [.. Enumerable.Repeat(1.0, 100_003)], twice = new double[ones.Length];
        float[] singles = [.. ones.Select(v => (float)v)], once = new float[ones.Length],
            again = new float[ones.Length];
        int threads = Workers.Count;
        DropoutMask.Apply((ReadOnlySpan<double>)ones, twice, 0.5, random, accumulate: false);
        try
        {
            Workers.Count = 1;
            DropoutMask.Apply((ReadOnlySpan<float>)singles, once, 0.5, random, accumulate: false);
            Workers.Count = 3;
            DropoutMask.Apply((ReadOnlySpan<float>)singles, again, 0.5, random, accumulate: false);
        }
        finally
        {
            Workers.Count = threads;
        }
        Assert.Equal(once, again);
        Assert.Equal(once, twice.Select(v => (float)v));
    }

    [Fact]
    public void Uniform_and_normal_numbers_have_their_moments()
    {
        var random = new Philox(3, RandomStreams.Test, 0);
        const int Count = 200_000;
        double mean = 0, normalMean = 0, normalSquare = 0;
        int[] bins = new int[20];
        for (int i = 0; i < Count; i++)
        {
            double u = random.Uniform(i), n = random.Normal(i);
            mean += u / Count;
            bins[(int)(u * bins.Length)]++;
            normalMean += n / Count;
            normalSquare += n * n / Count;
        }
        double expected = Count / (double)bins.Length,
            chiSquare = bins.Sum(b => (b - expected) * (b - expected) / expected);
        Assert.InRange(mean, 0.497, 0.503);
        Assert.InRange(normalMean, -0.01, 0.01);
        Assert.InRange(normalSquare, 0.985, 1.015);
        // 19 degrees of freedom: p between 10⁻⁴ and 1 − 10⁻⁴.
        Assert.InRange(chiSquare, 4.3, 52.4);
    }

    static class RandomStreams
    {
        public const ulong Test = 0x1234;
    }
}
