using Hondo.Onnx.Values;

namespace Hondo.Onnx.Tests;

/// <summary>Floats of 4 and 8 bits.</summary>
public sealed class SmallFloatTests
{
    [Theory]
    [InlineData((int)ElementType.Float8E4M3FN, 448)]
    [InlineData((int)ElementType.Float8E4M3FNUZ, 240)]
    [InlineData((int)ElementType.Float8E5M2, 57344)]
    [InlineData((int)ElementType.Float8E5M2FNUZ, 57344)]
    [InlineData((int)ElementType.Float4E2M1, 6)]
    public void The_largest_number_is_the_published_one_and_what_is_beyond_saturates(int type, double largest)
    {
        var small = SmallFloat.Of((ElementType)type);
        Assert.Equal(largest, small.Round(largest, saturate: true));
        Assert.Equal(largest, small.Round(1e9, saturate: true));
        Assert.Equal(-largest, small.Round(-1e9, saturate: true));
    }

    // Between 16 and 24 the type has 20: its step is 4.
    [Theory]
    [InlineData(17, 16)]
    [InlineData(18, 16)]
    [InlineData(21, 20)]
    [InlineData(22, 24)]
    public void The_nearest_number_is_taken_and_ties_go_to_the_even_code(double x, double nearest) =>
        Assert.Equal(nearest, SmallFloat.Of(ElementType.Float8E5M2).Round(x, saturate: true));
}
