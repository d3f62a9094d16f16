using Hondo.Kernels;

namespace Hondo.Tests.Kernels;

public sealed class BatchNormalizationTests
{
    [Fact]
    public void Mean_and_variance_are_those_of_the_definition_for_any_number_of_channels()
    {
        foreach ((int rows, int channels) in ((int, int)[])[(1, 3), (7, 1), (50, 6), (3000, 16), (700, 20), (40, 257)])
        {
            float[] x = Numbers(rows * channels), mean = new float[channels], variance = new float[channels];
            new BatchNormalization<float>(rows, channels).Statistics(x, mean, variance);
            for (int c = 0; c < channels; c++)
            {
                double[] column = [.. Enumerable.Range(0, rows).Select(row => (double)x[row * channels + c])];
                Assert.Equal(column.Average(), mean[c], 1e-5);
                Assert.Equal(column.Average(v => (v - column.Average()) * (v - column.Average())), variance[c], 1e-4);
            }
        }
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        int threads = Workers.Count;
        try
        {
            Workers.Count = 1;
            float[][] alone = Everything(5000, 24);
            Workers.Count = 5;
            Assert.Equal(alone, Everything(5000, 24));
        }
        finally
        {
            Workers.Count = threads;
        }
    }

    static float[][] Everything(int rows, int channels)
    {
        float[] x = Numbers(rows * channels), dy = [.. x.Reverse()], y = new float[x.Length], dx = new float[x.Length];
        float[] mean = new float[channels], variance = new float[channels];
        float[] sum = new float[channels], product = new float[channels];
        var kernel = new BatchNormalization<float>(rows, channels);
        kernel.Statistics(x, mean, variance);
        var channel = new ChannelNumbers<float>(mean, variance, mean, true);
        kernel.Forward(x, channel, y);
        kernel.Sums(x, dy, channel, sum, product);
        kernel.Backward(x, dy, channel, sum, product, dx, accumulate: false);
        return [mean, variance, sum, product, y, dx];
    }

    static float[] Numbers(int count) =>
        [.. Enumerable.Range(0, count).Select(i => 2 + (float)Math.Sin(i * 1.7 + i * i * 0.01) * 3)];
}
