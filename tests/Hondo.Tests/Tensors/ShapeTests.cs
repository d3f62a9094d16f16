using Hondo.Tensors;

namespace Hondo.Tests.Tensors;

public sealed class ShapeTests
{
    [Fact]
    public void A_shape_is_a_collection_expression_and_matches_list_patterns()
    {
        Shape shape = [32, 28, 28, 3];
        Assert.True(shape is [32, .., var channels] && channels == 3);
        Assert.Equal(32 * 28 * 28 * 3, shape.Size);
        Assert.Equal("[32, 28, 28, 3]", shape.ToString());
        Assert.Equal("[]", Shape.Create([]).ToString());
    }

    [Fact]
    public void Shapes_are_equal_by_their_axes()
    {
        Shape a = [2, 3], b = [2, 3], c = [3, 2], d = [2, 3, 1];
        Assert.True(a == b && a.GetHashCode() == b.GetHashCode());
        Assert.True(a != c && a != d);
    }

    [Fact]
    public void Axes_can_be_replaced_removed_and_counted_from_the_end()
    {
        Shape shape = [2, 3, 4];
        Assert.Equal([2, 3, 9], shape.With(-1, 9));
        Assert.Equal([2, 4], shape.Without(1));
        Assert.Equal((2, 4), (shape.SizeBefore(1), shape.SizeAfter(1)));
        Assert.Contains("Axis 3 does not exist", Assert.Throws<ShapeException>(() => shape.Axis(3)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_shape_too_large_or_negative_or_of_too_many_axes_is_refused()
    {
        Assert.Throws<ShapeException>(() => Make([1 << 20, 1 << 20]));
        Assert.Throws<ShapeException>(() => Make([2, -1]));
        Assert.Throws<ShapeException>(() => Make([1, 1, 1, 1, 1, 1, 1]));
    }

    [Fact]
    public void A_shape_never_allocates()
    {
        Shape sum = [1];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Shape shape = [i, 3];
            sum = shape is [var m, var n] ? [m + n, sum[0] & 1] : [];
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1002, sum[0]);
    }

    static Shape Make(ReadOnlySpan<int> axes) => Shape.Create(axes);
}
