namespace Hondo.Charts;

/// <summary>What a search for a learning rate found, as a chart.</summary>
public static class RateCurveChart
{
    /// <summary>The loss over the learning rate.</summary>
    public static LineChart ToChart(this RateCurve curve)
    {
        List<Series> series =
            [new("loss of a batch", curve.Rates, curve.Losses), new("smoothed", curve.Rates, curve.Smoothed)];
        if (curve.Suggestion is { } rate)
            series.Add(new("steepest descent", [rate], [curve.Smoothed[curve.Rates.ToList().IndexOf(rate)]]));
        return new("Learning rate", series) { Across = "learning rate", AcrossScale = AxisScale.Log, Up = "loss" };
    }
}
