namespace Hondo.Insights.Tests;

public sealed class AxisTests
{
    static string[] Labels(AxisScale scale, int ticks, params double[] numbers)
    {
        Axis axis = Axis.For(numbers, scale, ticks);
        return [.. axis.Ticks.Select(axis.Label)];
    }

    [Fact]
    public void Ticks_are_round_numbers_around_the_data()
    {
        Assert.Equal(["0", "0.5", "1.0", "1.5", "2.0", "2.5"], Labels(AxisScale.Linear, 6, 0.05, 2.31));
        Assert.Equal(["0.80", "0.85", "0.90", "0.95"], Labels(AxisScale.Linear, 4, 0.81, 0.95));
        Assert.Equal(["-1", "0", "1", "2", "3"], Labels(AxisScale.Linear, 5, -0.4, 2.9));
        Assert.Equal(["0", "20,000", "40,000", "60,000"], Labels(AxisScale.Linear, 4, 0, 60000));
    }

    [Fact]
    public void Epochs_have_whole_ticks_and_fill_the_axis()
    {
        Assert.Equal(["1", "2", "3"], Labels(AxisScale.Whole, 8, 1, 3));
        Axis axis = Axis.For([1, 400], AxisScale.Whole, 8);
        Assert.Equal((0, 1), (axis.Place(1), axis.Place(400)));
        Assert.Equal([100.0, 200, 300, 400], axis.Ticks);
    }

    [Fact]
    public void Equal_factors_are_equally_long_on_a_log_axis()
    {
        Axis axis = Axis.For([0.001, 100, 0, -3, double.NaN], AxisScale.Log, 6);
        Assert.Equal(axis.Place(0.1) - axis.Place(0.01), axis.Place(10) - axis.Place(1), 12);
        Assert.False(axis.Has(0));
        Assert.Equal(["0.001", "0.01", "0.1", "1", "10", "100"], axis.Ticks.Select(axis.Label));
    }

    [Fact]
    public void A_log_axis_of_one_decade_has_ticks_within_it() =>
        Assert.Equal(["1", "2", "5", "10"], Labels(AxisScale.Log, 6, 1.5, 8));

    [Theory]
    [InlineData(AxisScale.Linear)]
    [InlineData(AxisScale.Whole)]
    [InlineData(AxisScale.Log)]
    public void Any_numbers_have_an_axis(AxisScale scale)
    {
        double[][] sets = [[], [double.NaN], [0], [5], [-7, -7], [1e-300, 1e300], [1e-320], [-1e308, 1e308 / 2],
            [3e38, 3e38], [1, 1 + 1e-15], [double.PositiveInfinity, 1], [1e15, 1e15 + 1]];
        foreach (double[] numbers in sets)
        {
            Axis axis = Axis.For(numbers, scale, 6);
            Assert.InRange(axis.Ticks.Count, 1, 40);
            Assert.All(axis.Ticks, tick => Assert.True(double.IsFinite(axis.Place(tick))));
            foreach (double number in numbers.Where(axis.Has))
                Assert.True(double.IsFinite(axis.Place(number)), $"{number} on {scale}");
        }
    }

    [Fact]
    public void Numbers_are_short()
    {
        Assert.Equal(["0", "0.1235", "12.35", "1,234.57", "1.235e-05", "1.235e7"],
            ((double[])[0, 0.123456, 12.3456, 1234.567, 1.23456e-5, 1.23456e7])
                .Select(number => Axis.Number(number).Replace("e-5", "e-05", StringComparison.Ordinal)));
    }
}
