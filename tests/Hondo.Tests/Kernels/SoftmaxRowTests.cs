using Hondo.Kernels;

namespace Hondo.Tests.Kernels;

public sealed class SoftmaxRowTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100)]
    [InlineData(9001)]
    public void Every_width_gives_the_same_bits_and_the_right_sum(int length)
    {
        float[] x = [.. Enumerable.Range(0, length).Select(i => (float)Math.Sin(i * 1.7) * 9 + 100)];
        float[] y = new float[length], other = new float[length];
        double sum = SoftmaxRow.Run<float, Scalar<float>>(x, y, scaled: false, out float maximum);
        Assert.Equal(x.Max(), maximum);
        Assert.Equal(x.Sum(v => Math.Exp(v - (double)maximum)), sum, sum * 1e-6);
        Assert.Equal(sum, SoftmaxRow.Run<float, Lanes128<float>>(x, other, scaled: false, out _));
        Assert.Equal(y, other);
        Assert.Equal(sum, SoftmaxRow.Run<float, Lanes256<float>>(x, other, scaled: false, out _));
        Assert.Equal(y, other);
        Assert.Equal(sum, SoftmaxRow.Run<float, Lanes512<float>>(x, other, scaled: false, out _));
        Assert.Equal(y, other);
    }

    [Fact]
    public void A_nan_anywhere_reaches_the_sum()
    {
        foreach (int place in (int[])[0, 5, 15, 16, 40])
        {
            double[] x = new double[41];
            x[place] = double.NaN;
            Assert.True(double.IsNaN(SoftmaxRow.Exponentials<double>(x, new double[41], out double maximum)));
            Assert.True(double.IsNaN(maximum));
        }
    }

    [Fact]
    public void Large_numbers_do_not_overflow()
    {
        float[] y = new float[3];
        Softmax.Rows<float>([1000, 1001, 1002], 1, 3, y);
        Assert.Equal(1, y.Sum(), 1e-6);
        Assert.Equal(0.6652, y[2], 1e-4);
    }
}
