using Hondo.Data;
using Hondo.Tensors;

namespace Hondo.Tests.Data;

public sealed class TimeSeriesTests
{
    [Fact]
    public void Windows_of_a_series_are_split_by_time()
    {
        float[] values = [.. Enumerable.Range(0, 100).SelectMany(t => new[] { t, 1000f + t })];
        var series = new TimeSeries("load", values, ["load", "price"], ["price"], window: 4, horizon: 3);
        Assert.Equal(94, series.Data.Count);
        Assert.Equal([4, 2], series.Data.Sample);
        var window = new float[8];
        series.Data.CopySample(10, window);
        Assert.Equal([10, 1010, 11, 1011, 12, 1012, 13, 1013], window);
        Assert.Equal(1016, ((RegressionTargets)series.Data.Targets).Values[10]);
        DataSplits parts = series.Split(new(60, 20, 20));
        int lastSeen = parts.Train.Row(parts.Train.Count - 1) + 4 + 3 - 1;
        Assert.True(parts.Dev!.Row(0) > lastSeen);
        Assert.Equal(lastSeen + 1, parts.Dev.Row(0));
        Assert.Equal(93, parts.Test!.Row(parts.Test.Count - 1));
        Refused.With("the series has 100 steps, but a window of 99 and a horizon of 2 need 101", () =>
            new TimeSeries("load", values, ["load", "price"], ["price"], 99, 2));
        Refused.With("no column 'cost' to forecast. Its columns are load, price", () =>
            new TimeSeries("load", values, ["load", "price"], ["cost"], 4));
    }

    [Fact]
    public void A_step_forecast_in_training_is_seen_by_no_test_window()
    {
        var series = new TimeSeries("x", [.. Enumerable.Range(0, 60).Select(t => (float)t)], ["x"], ["x"], 5);
        DataSplits parts = series.Split(new(70, 0, 30));
        float lastTarget = ((RegressionTargets)parts.Train.Targets).Values[parts.Train.Row(parts.Train.Count - 1)];
        var first = new float[5];
        parts.Test!.CopySample(0, first);
        Assert.True(first[0] > lastTarget);
    }

    [Fact]
    public void A_series_that_is_read_as_it_is_needed_has_the_windows_of_one_in_memory()
    {
        float[] values = [.. Enumerable.Range(0, 200).Select(i => MathF.Sin(i))];
        var kept = new TimeSeries("x", values, ["a", "b"], ["b"], window: 6, horizon: 2);
        var read = new TimeSeries("x", new Steps(values, 2), ["a", "b"], ["b"], window: 6, horizon: 2);
        Assert.Equal(kept.Count, read.Count);
        Assert.Equal(((RegressionTargets)kept.Data.Targets).Values, ((RegressionTargets)read.Data.Targets).Values);
        float[] first = new float[12], second = new float[12];
        for (int row = 0; row < kept.Count; row++)
        {
            kept.Data.CopySample(row, first);
            read.Data.CopySample(row, second);
            Assert.Equal(first, second);
        }
        values[7] = float.NaN;
        Refused.With("step 3 (counted from 0), b", () =>
            new TimeSeries("x", new Steps(values, 2), ["a", "b"], ["b"], 6));
    }

    sealed class Steps(float[] values, int columns) : ISampleReader
    {
        public int Count => values.Length / columns;

        public Shape Sample => [columns];

        public void Read(int row, Span<float> sample) => values.AsSpan(row * columns, columns).CopyTo(sample);
    }
}
