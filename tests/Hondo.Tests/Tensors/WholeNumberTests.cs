using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Tensors;

public sealed class WholeNumberTests
{
    static Tensor A => Tensor.Of([7, -7, 0, 2_000_000_000]);

    static Tensor B => Tensor.Of([2, 2, -3, 1]);

    [Fact]
    public void Arithmetic_is_exact()
    {
        Assert.Equal([9, -5, -3, 2_000_000_001], (A + B).ToArray<int>());
        Assert.Equal([5, -9, 3, 1_999_999_999], (A - B).ToArray<int>());
        Assert.Equal([14, -14, 0, 2_000_000_000], (A * B).ToArray<int>());
        Assert.Equal([3, -4, 0, 2_000_000_000], A.FloorDivide(B).ToArray<int>());
        Assert.Equal([-6, 8, 1, -1_999_999_999], (1 - A).ToArray<int>());
        Assert.Equal([-7, 7, 0, -2_000_000_000], (-A).ToArray<int>());
        Assert.Equal(DType.Int32, (A * 1).DType);
    }

    [Fact]
    public void Comparisons_and_masks_are_0_and_1()
    {
        Assert.Equal([1, 0, 1, 1], (A > B).ToArray<int>());
        Assert.Equal([1, 0, 0, 1], (A > 0.5).ToArray<int>());
        Assert.Equal([1, 0, 0, 1], (A > B).And(A > 0).ToArray<int>());
        Assert.Equal([1, 0, 1, 1], (A > B).Or(A > 0).ToArray<int>());
        Assert.Equal([0, 1, 0, 0], (A > B).Not().ToArray<int>());
        // float32 would take the two for equal.
        Assert.Equal([0], Tensor.Of([2_000_000_001]).EqualTo(Tensor.Of([2_000_000_000])).ToArray<int>());
        Assert.Equal([7, 2, 0, 2_000_000_000], (A > B).Where(A, B).ToArray<int>());
        Assert.Equal([1f, 0, 5, 1], (A > B).Where(Tensor.Of([1f, 2, 5, 1]), Tensor.Scalar(0f)).ToArray<float>());
        Assert.Equal([0f, 2, 0, 0], Tensor.Of([1f, 2, 5, 1]).MaskedFill(A > B, 0).ToArray<float>());
    }

    [Fact]
    public void Sums_extremes_and_order_are_exact()
    {
        Tensor x = Tensor.Of([3, 16_777_217, 16_777_216, -5, 0, 1], [2, 3]);
        Assert.Equal([-2, 16_777_217, 16_777_217], x.Sum(0).ToArray<int>());
        Assert.Equal([16_777_217, 1], x.Max(1).ToArray<int>());
        Assert.Equal([3, -5], x.Min(1).ToArray<int>());
        Assert.Equal([1, 2], x.ArgMax(1).ToArray<int>());
        Assert.Equal([16_777_217, 16_777_216, 3, 1, 0, -5], x.Sort(1, descending: true).ToArray<int>());
        Assert.Equal([16_777_217, 16_777_216], x[0, ..].TopK(2).ToArray<int>());
    }

    [Fact]
    public void What_Int32_cannot_hold_is_an_error()
    {
        Assert.Contains("4000000000", Assert.Throws<OverflowException>(() => A + A).Message, StringComparison.Ordinal);
        Assert.Throws<OverflowException>(() => Tensor.Of([int.MaxValue, 1]).Sum());
        Assert.Throws<OverflowException>(() => -Tensor.Of([int.MinValue]));
        Assert.Throws<DivideByZeroException>(() => A.FloorDivide(Tensor.Of([0])));
        Assert.Contains("Float32", Assert.Throws<ArgumentException>(() => A * 0.5).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => A / B);
        Assert.Throws<ArgumentException>(() => A + Tensor.Of([1f, 2, 3, 4]));
        Assert.Throws<ArgumentException>(() => A.Mean());
    }
}
