using System.Globalization;
using System.Text;
using Hondo.Tensors;

namespace Hondo.Models;

/// <summary>Draws a <see cref="ModelSummary"/> as aligned plain text.</summary>
static class ModelSummaryTable
{
    static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static string Write(ModelSummary summary)
    {
        List<string[]> cells = [["layer", "", "output", "parameters", "multiply-adds"]];
        // The model itself is the line above the table, unless it is one layer alone.
        foreach (ModelSummaryRow row in summary.Rows.Where(row => row.Path.Length > 0 || summary.Rows.Count == 1))
            cells.Add([new string(' ', 2 * row.Depth) + row.Path, row.Text, Axes(row.Output), Count(row.Parameters),
                row.Output is null ? "" : Count(row.MultiplyAdds)]);
        cells.Add(["total", "", "", Count(summary.Parameters), summary.MultiplyAdds is { } all ? Count(all) : ""]);
        var text = new StringBuilder(summary.Text).Append("\n\n");
        int[] widths = [.. Enumerable.Range(0, 5).Select(column => cells.Max(row => row[column].Length))];
        foreach (string[] row in cells)
            text.Append(Line(row, widths)).Append('\n');
        return text.Append('\n').Append(Totals(summary)).ToString();
    }

    static string Line(string[] row, int[] widths)
    {
        IEnumerable<string> texts = row.Zip(widths, (cell, width) => cell.PadRight(width)).Take(3);
        IEnumerable<string> numbers = row.Zip(widths, (cell, width) => cell.PadLeft(width)).Skip(3);
        return string.Join("  ", texts.Concat(numbers)).TrimEnd();
    }

    static string Totals(ModelSummary summary)
    {
        string trainable = summary.TrainableParameters == summary.Parameters
            ? "all of them trainable"
            : $"{Count(summary.TrainableParameters)} of them trainable";
        string results = summary.ResultBytes is { } bytes
            ? $", and up to {Size(2 * bytes)} for each sample of a batch"
            : "";
        return $"{Count(summary.Parameters)} parameters, {trainable}, in {Size(summary.ParameterBytes)}\n"
            + $"To train: {Size(2 * summary.ParameterBytes)} for parameters and gradients{results}\n";
    }

    static string Axes(Shape? shape) => shape switch
    {
        null => "",
        [] => "[]",
        { } axes => $"[{string.Join(", ", axes.Skip(1).Select(axis => axis.ToString(Plain)).Prepend("batch"))}]",
    };

    static string Count(long number) => number.ToString("N0", Plain);

    static string Size(long bytes) => bytes switch
    {
        < 10_000 => $"{Count(bytes)} bytes",
        < 10_000_000 => $"{Count(bytes / 1000)} kB",
        < 10_000_000_000 => $"{Count(bytes / 1_000_000)} MB",
        _ => $"{Count(bytes / 1_000_000_000)} GB",
    };
}
