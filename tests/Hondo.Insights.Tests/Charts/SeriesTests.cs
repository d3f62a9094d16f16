namespace Hondo.Insights.Tests;

public sealed class SeriesTests
{
    [Fact]
    public void Smoothing_keeps_a_constant_and_begins_with_the_first_number()
    {
        Assert.All(new Series("a", [3, 3, 3, 3]).Smoothed(0.9).Y, y => Assert.Equal(3, y, 12));
        Assert.Equal(8, new Series("a", [8, 2, 1]).Smoothed(0.99).Y[0], 12);
    }

    [Fact]
    public void Smoothing_by_nothing_changes_nothing() =>
        Assert.Equal([1, 5, 2], new Series("a", [1, 5, 2]).Smoothed(0).Y);

    [Fact]
    public void A_gap_stays_one_and_spoils_nothing()
    {
        IReadOnlyList<double> smooth = new Series("a", [1, double.NaN, 1]).Smoothed(0.5).Y;
        Assert.True(double.IsNaN(smooth[1]));
        Assert.Equal(1, smooth[2], 12);
    }
}
