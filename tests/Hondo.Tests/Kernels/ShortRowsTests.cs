using Hondo.Kernels;

namespace Hondo.Tests.Kernels;

public sealed class ShortRowsTests
{
    [Fact]
    public void A_row_has_the_bits_of_its_slow_twin()
    {
        foreach (int classes in (int[])[1, 2, 3, 10, 16, 17, 65, 128])
            foreach (int rows in (int[])[1, 2, 15, 16, 17, 40])
            {
                float[] x = Numbers(rows * classes), y = new float[x.Length];
                Softmax.Rows((ReadOnlySpan<float>)x, rows, classes, y);
                Assert.Equal(x.Chunk(classes).SelectMany(Twin), y);
            }
    }

    static float[] Twin(float[] x)
    {
        float maximum = x.Max(), sum = 0;
        float[] e = [.. x.Select(v => Exp(v - maximum))];
        foreach (float v in e)
            sum += v;
        float scale = 1 / sum;
        return [.. e.Select(v => v * scale)];
    }

    static float Exp(float x)
    {
        float y = 0;
        Scalar<float>.Store(Elementary.Exp(new Scalar<float>(x)), ref y, 0);
        return y;
    }

    [Fact]
    public void Long_and_short_rows_agree_with_the_definition()
    {
        foreach (int classes in (int[])[2, 10, 128, 129, 200])
        {
            double[] x = [.. Numbers(20 * classes).Select(v => (double)v * 30)];
            double[] y = new double[x.Length], logs = new double[20];
            Softmax.LogSumExp((ReadOnlySpan<double>)x, classes, y, logs);
            for (int row = 0; row < 20; row++)
            {
                double[] e = [.. x.Skip(row * classes).Take(classes).Select(Math.Exp)];
                double sum = e.Sum();
                Assert.Equal(Math.Log(sum), logs[row], 1e-12);
                for (int c = 0; c < classes; c++)
                    Assert.Equal(e[c] / sum, y[row * classes + c], 1e-13);
            }
        }
    }

    [Fact]
    public void Rows_sum_to_1_however_large_their_numbers()
    {
        float[] x = [1000, 1001, 1002, -1000, -1001, -1002, 0, -200, 88], y = new float[9];
        Softmax.Rows((ReadOnlySpan<float>)x, 3, 3, y);
        Assert.All(y.Chunk(3), row => Assert.Equal(1, row.Sum(), 1e-6));
        Assert.Equal(0.66524096, y[2], 1e-6);
        Assert.Equal(0.66524096, y[3], 1e-6);
    }

    [Fact]
    public void One_row_with_NaN_spoils_no_other()
    {
        float[] x = [1, 2, float.NaN, 4, 5, 6, float.NegativeInfinity, float.NegativeInfinity], y = new float[8];
        double[] logs = new double[4];
        Softmax.LogSumExp((ReadOnlySpan<float>)x, 2, y, logs);
        Assert.Equal([false, false, true, true, false, false, true, true], y.Select(float.IsNaN));
        Assert.Equal(double.NegativeInfinity, logs[3]);
        Assert.True(double.IsNaN(logs[1]));
        Assert.Equal(Math.Log(Math.Exp(1) + Math.Exp(2)), logs[0], 1e-6);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        float[] x = Numbers(50_000), one = new float[x.Length], three = new float[x.Length];
        int threads = Workers.Count;
        try
        {
            Workers.Count = 1;
            Softmax.Rows((ReadOnlySpan<float>)x, 5000, 10, one);
            Workers.Count = 3;
            Softmax.Rows((ReadOnlySpan<float>)x, 5000, 10, three);
        }
        finally
        {
            Workers.Count = threads;
        }
        Assert.Equal(one, three);
    }

    static float[] Numbers(int count)
    {
        var random = new Random(count);
        var x = new float[count];
        for (int i = 0; i < count; i++)
            x[i] = random.NextSingle() * 8 - 4;
        return x;
    }
}
