namespace Hondo.Insights;

/// <summary>The charts of a training.</summary>
static class ReportCharts
{
    /// <summary>One chart for each number, train and dev in one; none of a single epoch.</summary>
    public static IEnumerable<LineChart> Curves(History history)
    {
        if (history.Count < 2)
            yield break;
        double[] epochs = [.. history.Select(epoch => (double)epoch.Epoch)];
        foreach (string name in history.Names.Where(name => !name.StartsWith("dev ", StringComparison.Ordinal)))
        {
            List<Series> series = [new("train", epochs, history[name])];
            if (history.Names.Contains("dev " + name))
                series.Add(new("dev", epochs, history["dev " + name]));
            yield return new(Sentence(name), series)
            {
                Up = name,
                UpScale = name == "loss" && IsWide(series) ? AxisScale.Log : AxisScale.Linear,
            };
        }
    }

    public static MatrixChart Confusion(ConfusionMatrix matrix, IReadOnlyList<string> classes, string part)
    {
        int size = MatrixChart.SizeFor(classes.Count);
        return new($"Confusion matrix, {part}", classes, (truth, predicted) =>
            matrix.Total == 0 ? 0 : matrix[truth, predicted])
        {
            Width = size,
            Height = size,
        };
    }

    // A loss that falls by more than a hundredfold is a flat line at the floor of an even axis.
    static bool IsWide(IEnumerable<Series> series)
    {
        double[] numbers = [.. series.SelectMany(one => one.Y).Where(double.IsFinite)];
        return numbers.Length > 0 && numbers.Min() > 0 && numbers.Max() / numbers.Min() > 100;
    }

    static string Sentence(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
