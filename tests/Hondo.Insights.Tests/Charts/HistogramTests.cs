namespace Hondo.Insights.Tests;

public sealed class HistogramTests
{
    [Fact]
    public void Every_finite_number_is_in_one_bin()
    {
        float[] numbers = [.. Enumerable.Range(0, 1000).Select(i => MathF.Sin(i)), float.NaN, float.NegativeInfinity];
        var histogram = Histogram.Of(numbers, bins: 7);
        Assert.Equal((1000, 2, 7), (histogram.Count, histogram.NotFinite, histogram.Counts.Count));
        for (int bin = 0; bin < 6; bin++)
            Assert.Equal(histogram.Counts[bin], numbers.Count(x => x >= histogram.Edge(bin)
                && x < histogram.Edge(bin + 1)));
    }

    [Fact]
    public void Mean_and_deviation_are_those_of_the_numbers()
    {
        var histogram = Histogram.Of([1, 2, 3, 4]);
        Assert.Equal(2.5, histogram.Mean, 12);
        Assert.Equal(Math.Sqrt(1.25), histogram.Deviation, 12);
        Assert.Equal((1.0, 4.0), (histogram.Edge(0), histogram.Edge(32)));
    }

    [Fact]
    public void Equal_numbers_share_a_bin()
    {
        var histogram = Histogram.Of([2, 2, 2]);
        Assert.Equal(3, histogram.Counts[0]);
        Assert.Equal(0, histogram.Deviation, 6);
    }
}
