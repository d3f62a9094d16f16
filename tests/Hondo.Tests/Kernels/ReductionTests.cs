using Hondo.Kernels;

namespace Hondo.Tests.Kernels;

public sealed class ReductionTests
{
    [Fact]
    public void A_sum_has_the_bits_of_its_slow_twin()
    {
        foreach (int length in (int[])[0, 1, 5, 15, 16, 17, 63, 64, 65, 127, 200, 4095, 4096, 4097, 70_001, 200_000])
        {
            float[] x = Numbers(length);
            Assert.Equal(Twin(x), Reduction.Sum((ReadOnlySpan<float>)x));
            Assert.Equal(Twin([.. x.Select(v => v * v)]), Reduction.SumOfSquares((ReadOnlySpan<float>)x));
        }
    }

    // Whatever the SIMD width: four chains of 16 lanes, a tree, blocks in float64, parts of 16 blocks.
    static double Twin(float[] x)
    {
        double total = 0;
        foreach (float[] part in x.Chunk(16 * 4096))
        {
            double sum = 0;
            foreach (float[] block in part.Chunk(4096))
                sum += TwinOfBlock(block);
            total += sum;
        }
        return total;
    }

    static float TwinOfBlock(float[] x)
    {
        var lanes = new float[16];
        int quarter = x.Length / 64 * 16, whole = x.Length / 16 * 16;
        for (int lane = 0; lane < 16; lane++)
        {
            var chains = new float[4];
            for (int chain = 0; chain < 4; chain++)
                for (int i = lane; i < quarter; i += 16)
                    chains[chain] += x[chain * quarter + i];
            for (int i = 4 * quarter + lane; i < whole; i += 16)
                chains[0] += x[i];
            lanes[lane] = chains[0] + chains[1] + (chains[2] + chains[3]);
        }
        for (int i = whole; i < x.Length; i++)
            lanes[i - whole] += x[i];
        for (int half = 8; half > 0; half /= 2)
            for (int k = 0; k < half; k++)
                lanes[k] += lanes[k + half];
        return lanes[0];
    }

    [Fact]
    public void Sums_of_millions_stay_exact_to_a_millionth()
    {
        var x = new float[5_000_000];
        for (int i = 0; i < x.Length; i++)
            x[i] = 0.1f + i % 7 * 0.3f;
        double exact = x.Sum(v => (double)v);
        Assert.InRange(Reduction.Sum((ReadOnlySpan<float>)x) / exact, 1 - 1e-6, 1 + 1e-6);
        var y = new float[5];
        Reduction.SumRows((ReadOnlySpan<float>)x, x.Length / 5, 5, y, false);
        Assert.InRange(y.Sum(v => (double)v) / exact, 1 - 2e-7, 1 + 2e-7);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        float[] x = Numbers(300_000);
        int threads = Workers.Count;
        var results = new List<(double, float[])>();
        try
        {
            foreach (int count in (int[])[1, 2, 5])
            {
                Workers.Count = count;
                var y = new float[300];
                Reduction.SumRows((ReadOnlySpan<float>)x, 1000, 300, y, false);
                results.Add((Reduction.Sum((ReadOnlySpan<float>)x), y));
            }
        }
        finally
        {
            Workers.Count = threads;
        }
        Assert.All(results, r => Assert.Equal(results[0].Item1, r.Item1));
        Assert.All(results, r => Assert.Equal(results[0].Item2, r.Item2));
    }

    [Fact]
    public void Column_sums_have_the_bits_of_their_slow_twin()
    {
        foreach (int columns in (int[])[1, 2, 3, 7, 10, 15, 16, 17, 31, 33, 63, 64, 65, 100, 130])
            foreach (int rows in (int[])[0, 1, 2, 16, 127, 128, 129, 300])
            {
                float[] x = Numbers(rows * columns), y = Numbers(columns), expected = [.. y];
                for (int c = 0; c < columns; c++)
                    expected[c] += TwinOfColumn(x, rows, columns, c);
                Reduction.SumRows((ReadOnlySpan<float>)x, rows, columns, y, true);
                Assert.Equal(expected, y);
            }
    }

    static float TwinOfColumn(float[] x, int rows, int columns, int column)
    {
        float sum = 0, lost = 0;
        for (int first = 0; first < rows; first += 128)
        {
            float part = 0;
            for (int row = first; row < Math.Min(rows, first + 128); row++)
                part += x[row * columns + column];
            float total = sum + part, added = total - sum;
            lost += sum - (total - added) + (part - added);
            sum = total;
        }
        return sum + lost;
    }

    [Fact]
    public void Infinite_and_missing_numbers_come_through()
    {
        var x = new float[1000];
        x[777] = float.PositiveInfinity;
        Assert.Equal(double.PositiveInfinity, Reduction.Sum((ReadOnlySpan<float>)x));
        var y = new float[10];
        Reduction.SumRows((ReadOnlySpan<float>)x, 100, 10, y, false);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, float.PositiveInfinity, 0, 0], y);
        x[5] = float.NaN;
        Assert.True(double.IsNaN(Reduction.Sum((ReadOnlySpan<float>)x)));
        Reduction.SumRows((ReadOnlySpan<float>)x, 100, 10, y, false);
        Assert.True(float.IsNaN(y[5]));
    }

    [Fact]
    public void A_sum_of_rows_refuses_lengths_that_do_not_fit() =>
        Assert.Throws<ArgumentException>(() => Reduction.SumRows(new float[12], 3, 5, new float[5], false));

    static float[] Numbers(int count)
    {
        var random = new Random(count);
        var x = new float[count];
        for (int i = 0; i < count; i++)
            x[i] = random.NextSingle() - 0.3f;
        return x;
    }
}
