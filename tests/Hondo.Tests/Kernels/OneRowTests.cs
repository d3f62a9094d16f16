using Hondo.Kernels;

namespace Hondo.Tests.Kernels;

public sealed class OneRowTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 5)]
    [InlineData(8, 33)]
    [InlineData(300, 17)]
    [InlineData(515, 700)]
    public void A_row_times_weights_has_the_bits_of_the_product(int n, int k)
    {
        Same(n, k, (float)1);
        Same(n, k, (double)1);
    }

    static void Same<T>(int n, int k, T one) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(n);
        T[] Draw(int count) =>
            [.. Enumerable.Range(0, count).Select(_ => T.CreateChecked(random.NextDouble() - 0.5) * one)];
        T[] weights = Draw(n * k), x = Draw(k), start = Draw(n), slow = new T[n], fast = new T[n];
        Gemm.Multiply(new(x, 1, k), new ReadOnlyMatrix<T>(weights, n, k).Transposed, ReadOnlyMatrix<T>.Row(start, 1),
            new Matrix<T>(slow, 1, n));
        OneRow.Multiply<T>(weights, x, start, fast);
        Assert.Equal(slow, fast);
    }
}
