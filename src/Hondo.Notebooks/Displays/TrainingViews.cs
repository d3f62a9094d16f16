using System.Globalization;
using System.Text;
using Hondo.Charts;
using Hondo.Insights;
using Hondo.Metrics;
using Hondo.Ops;
using Hondo.Tensors;
using Hondo.Training;

namespace Hondo.Notebooks;

/// <summary>The course of a training as curves, and its numbers as a table of text. Times are left out.</summary>
static class HistoryView
{
    public static MimeBundle Of(IReadOnlyList<EpochRecord> history)
    {
        if (history.Count == 0)
            return new(Spoken.Text("no epoch yet"));
        string[] names = [.. history[0].Numbers.Select(number => number.Name)];
        string[] head = [Spoken.Label("epoch"), .. names.Select(Spoken.Label)];
        var text = HtmlText.Table(head, [.. history.Select(epoch => (string[])[
            epoch.Epoch.ToString(CultureInfo.InvariantCulture),
            .. epoch.Numbers.Select(number => number.Value.ToString("F4", CultureInfo.InvariantCulture))])],
            _ => false);
        Chart[] charts = [.. names.Where(name => !name.StartsWith("dev ", StringComparison.Ordinal)).Take(2)
            .Select(name => Curve(history, names, name))];
        return new MimeBundle(text.Text).With("image/svg+xml", Spoken.Drawing(Stacked(charts)));
    }

    static LineChart Curve(IReadOnlyList<EpochRecord> history, string[] names, string name)
    {
        double[] epochs = [.. history.Select(epoch => (double)epoch.Epoch)];
        List<Series> series = [new("train", epochs, Values(history, name))];
        if (names.Contains("dev " + name))
            series.Add(new("dev", epochs, Values(history, "dev " + name)));
        return new(char.ToUpperInvariant(name[0]) + name[1..], series) { Up = name, Height = 260 };
    }

    static double[] Values(IReadOnlyList<EpochRecord> history, string name) =>
        [.. history.Select(epoch => epoch.Numbers.First(number => number.Name == name).Value)];

    // One drawing: programs that show one picture for an output show all curves.
    static string Stacked(Chart[] charts)
    {
        if (charts.Length == 1)
            return charts[0].ToSvg();
        int width = charts.Max(chart => chart.Width), height = charts.Sum(chart => chart.Height), y = 0;
        string label = HtmlText.Escape(string.Join(", ", charts.Select(chart => Spoken.Label(chart.Title))));
        var svg = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"
              width="{width}" height="{height}" role="img" aria-label="{label}">
            <style>
            {ChartStyle.Css}</style>

            """));
        foreach (Chart chart in charts)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<svg y=\"{y}\" width=\"{width}\" height=\"{chart.Height}\">\n")
                .Append(chart.ToMarkup()).Append("</svg>\n");
            y += chart.Height;
        }
        return svg.Append("</svg>\n").ToString();
    }
}

/// <summary>A confusion matrix as coloured cells.</summary>
static class ConfusionView
{
    public static MimeBundle Of(ConfusionMatrix matrix)
    {
        int size = MatrixChart.SizeFor(matrix.Classes);
        string[] names = [.. Enumerable.Range(0, matrix.Classes).Select(matrix.NameOf)];
        return new MimeBundle(Spoken.Lines(matrix.ToString())).With("image/svg+xml", Spoken.Drawing(
            new MatrixChart("Confusion matrix", names, (actual, predicted) => matrix[actual, predicted])
            { Width = size, Height = size }.ToSvg()));
    }
}

/// <summary>The most probable classes of each sample as a table.</summary>
static class PredictionView
{
    const int MostRows = 50;

    public static MimeBundle Of(Tensor logits, IReadOnlyList<string> classes, IReadOnlyList<string>? samples, int top)
    {
        if (logits.Shape.Rank != 2 || logits.Shape[1] != classes.Count)
            throw new ShapeException($"Predictions needs scores [batch, classes {classes.Count}], but got "
                + $"{logits.Shape}. Give it one name for each score.");
        int count = logits.Shape[0];
        double[] shares = logits.Softmax().ToArray<double>();
        string[][] rows = [.. Enumerable.Range(0, Math.Min(count, MostRows)).Select(i => (string[])[
            samples is not null && i < samples.Count ? samples[i] : i.ToString(CultureInfo.InvariantCulture),
            .. Enumerable.Range(0, classes.Count).Select(k => (Class: classes[k], Share: shares[i * classes.Count + k]))
                .OrderByDescending(one => one.Share).Take(top).SelectMany(one => (string[])[one.Class,
                    one.Share.ToString("P1", CultureInfo.InvariantCulture)])])];
        string[] head = [Spoken.Label("sample"), .. Enumerable.Range(1, Math.Min(top, classes.Count))
            .SelectMany(k => (string[])[$"{k}.", Spoken.Label("share")])];
        return HtmlText.Table(head, rows, i => i == 0 || i % 2 == 1,
            count > MostRows ? Spoken.Text($"… {count - MostRows} more samples") : "");
    }
}

/// <summary>A model's layers as a table.</summary>
static class SummaryView
{
    static readonly string[] SummaryHead = ["layer", "definition", "output", "parameters", "multiply-adds"];

    public static MimeBundle Of(ModelSummary summary)
    {
        string[][] rows = [.. summary.Rows.Where(row => row.Path.Length > 0 || summary.Rows.Count == 1)
            .Select(row => (string[])[new string('\u00a0', 2 * row.Depth) + row.Path, row.Text,
                row.Output?.ToString() ?? "", Count(row.Parameters),
                row.Output is null ? "" : Count(row.MultiplyAdds)]),
            [Spoken.Label("total"), "", "", Count(summary.Parameters),
                summary.MultiplyAdds is { } all ? Count(all) : ""]];
        MimeBundle table = HtmlText.Table([.. SummaryHead.Select(Spoken.Label)], rows, i => i < 3);
        return new MimeBundle(Spoken.Lines(summary.ToString())).With("text/html", table.Forms["text/html"]);
    }

    static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>A tensor as a table of numbers, the corner of it where it is large.</summary>
static class TensorView
{
    const int MostRows = 10, MostColumns = 12;

    public static MimeBundle Of(Tensor tensor)
    {
        string text = tensor.ToString();
        if (tensor.Shape.Rank is 0 or > 2 || tensor.Shape.Size == 0)
            return new(text);
        int rows = tensor.Shape.Rank == 2 ? tensor.Shape[0] : 1, columns = tensor.Shape[^1];
        double[] numbers = tensor.ToArray<double>();
        string[][] cells = [.. Enumerable.Range(0, Math.Min(rows, MostRows)).Select(row =>
            (string[])[.. Enumerable.Range(0, Math.Min(columns, MostColumns)).Select(column =>
                numbers[row * columns + column].ToString("G5", CultureInfo.InvariantCulture)),
                .. columns > MostColumns ? ["…"] : Array.Empty<string>()])];
        bool isWhole = rows <= MostRows && columns <= MostColumns;
        MimeBundle table = HtmlText.Table([], cells, _ => false, $"{tensor.DType} {tensor.Shape}");
        return new MimeBundle(isWhole ? table.Text : text).With("text/html", table.Forms["text/html"]);
    }
}

/// <summary>Draws loss and metrics below the cell while a training runs, anew after each epoch.</summary>
/// <example><code>Callbacks = [new LiveCurves()]</code></example>
public sealed class LiveCurves : Callback
{
    Shown? _shown;

    /// <inheritdoc/>
    protected override void OnTrainBegin(TrainingRun run) => _shown = null;

    /// <inheritdoc/>
    protected override void OnEpochEnd(TrainingRun run)
    {
        MimeBundle curves = HistoryView.Of(run.History);
        if (_shown is null)
            _shown = Cells.Display(curves);
        else
            _shown.Replace(curves);
    }
}
