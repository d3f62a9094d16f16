using Hondo.Kernels;

namespace Hondo.Tests.Kernels;

public sealed class PoolingTests
{
    static readonly (int Kernel, int Stride, int Before)[] Windows = [(2, 2, 0), (3, 2, 1), (3, 1, 1), (2, 3, 0)];

    [Fact]
    public void Max_pooling_has_the_bits_of_its_slow_twin_for_any_number_of_channels()
    {
        foreach ((int kernel, int stride, int before) in Windows)
            foreach (int channels in (int[])[1, 3, 6, 16, 20, 33])
            {
                PoolSizes sizes = Sizes(3, 9, 7, channels, kernel, stride, before);
                float[] x = Numbers(sizes.InputLength), y = new float[sizes.OutputLength], taken = new float[y.Length];
                MaxPooling.Forward(sizes, (ReadOnlySpan<float>)x, y, taken, rectifies: false);
                (float[] expected, int[] from) = SlowMaxima(sizes, x);
                Assert.Equal(expected, y);
                float[] dy = Numbers(y.Length), dx = new float[x.Length], slow = new float[x.Length];
                MaxPooling.Backward(sizes, (ReadOnlySpan<float>)taken, dy, dx, accumulate: false);
                for (int i = 0; i < from.Length; i++)
                    slow[from[i]] += dy[i];
                for (int i = 0; i < slow.Length; i++)
                    Assert.Equal(slow[i], dx[i], 1e-6f);
            }
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        int threads = Workers.Count;
        PoolSizes sizes = Sizes(16, 15, 15, 40, 3, 2, 1);
        float[] x = Numbers(sizes.InputLength);
        try
        {
            Workers.Count = 1;
            float[][] alone = Everything(sizes, x);
            Workers.Count = 5;
            Assert.Equal(alone, Everything(sizes, x));
        }
        finally
        {
            Workers.Count = threads;
        }
    }

    [Fact]
    public void Rectified_maxima_are_those_of_rectified_numbers()
    {
        PoolSizes sizes = Sizes(2, 8, 8, 6, 2, 2, 0);
        float[] x = Numbers(sizes.InputLength), rectified = [.. x.Select(v => Math.Max(v, 0))];
        float[] y = new float[sizes.OutputLength], expected = new float[y.Length], taken = new float[y.Length];
        MaxPooling.Forward(sizes, (ReadOnlySpan<float>)rectified, expected, taken, rectifies: false);
        MaxPooling.Forward(sizes, (ReadOnlySpan<float>)x, y, taken, rectifies: true);
        Assert.Equal(expected, y);
        Assert.Equal(y.Select(v => v > 0), taken.Select(code => code >= 0));
    }

    [Fact]
    public void Windows_of_an_axis_and_the_inputs_they_hold_agree()
    {
        PoolAxis[] axes = [PoolAxis.Windows(9, 5, 3, 2, 1), PoolAxis.Windows(7, 4, 2, 1, 0, 3), PoolAxis.Adaptive(7, 3),
            PoolAxis.Adaptive(3, 5), PoolAxis.Windows(8, 3, 2, 3, 0)];
        foreach (PoolAxis axis in axes)
            for (int i = 0; i < axis.Input; i++)
                for (int o = 0; o < axis.Output; o++)
                    Assert.Equal(i >= axis.Start(o) && i < axis.End(o), o >= axis.First(i) && o <= axis.Last(i));
    }

    static float[][] Everything(PoolSizes sizes, float[] x)
    {
        float[] y = new float[sizes.OutputLength], taken = new float[y.Length], dx = new float[x.Length];
        float[] mean = new float[y.Length], spread = new float[x.Length];
        MaxPooling.Forward(sizes, (ReadOnlySpan<float>)x, y, taken, rectifies: true);
        MaxPooling.Backward(sizes, (ReadOnlySpan<float>)taken, y, dx, accumulate: false);
        AveragePooling.Forward(sizes, true, (ReadOnlySpan<float>)x, mean);
        AveragePooling.Backward(sizes, true, (ReadOnlySpan<float>)mean, spread, accumulate: false);
        return [y, taken, dx, mean, spread];
    }

    static (float[] Maxima, int[] From) SlowMaxima(PoolSizes sizes, float[] x)
    {
        var maxima = new List<float>();
        var from = new List<int>();
        for (int image = 0; image < sizes.Batch; image++)
            for (int oh = 0; oh < sizes.Vertical.Output; oh++)
                for (int ow = 0; ow < sizes.Horizontal.Output; ow++)
                    for (int c = 0; c < sizes.Channels; c++)
                    {
                        int best = -1;
                        for (int h = sizes.Vertical.From(oh); h < sizes.Vertical.To(oh); h++)
                            for (int w = sizes.Horizontal.From(ow); w < sizes.Horizontal.To(ow); w++)
                            {
                                int at = ((image * sizes.Vertical.Input + h) * sizes.Horizontal.Input + w)
                                    * sizes.Channels + c;
                                if (best < 0 || x[at] > x[best])
                                    best = at;
                            }
                        maxima.Add(x[best]);
                        from.Add(best);
                    }
        return ([.. maxima], [.. from]);
    }

    static PoolSizes Sizes(int batch, int height, int width, int channels, int kernel, int stride, int before) =>
        new(batch, Axis(height, kernel, stride, before), Axis(width, kernel, stride, before), channels);

    static PoolAxis Axis(int input, int kernel, int stride, int before) =>
        PoolAxis.Windows(input, (input + 2 * before - kernel) / stride + 1, kernel, stride, before);

    static float[] Numbers(int count) =>
        [.. Enumerable.Range(0, count).Select(i => (float)Math.Sin(i * 1.7 + i * i * 0.01) * 3)];
}
