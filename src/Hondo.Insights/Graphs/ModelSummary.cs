using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Hondo.Insights;

/// <summary>
/// What a model is made of, found by following shapes alone: no numbers are drawn and no kernel runs, so that it takes
/// no time and no memory whatever the model's size.
/// </summary>
public sealed class ModelSummary
{
    ModelSummary(Layer model, IReadOnlyList<ModelSummaryRow> rows, ShapeTrace? trace)
    {
        (Text, Rows) = (ModelText.Print(model), rows);
        foreach (Parameter parameter in model.Named.AllParameters)
        {
            Parameters += parameter.Shape.Size;
            TrainableParameters += parameter.IsTrainable ? parameter.Shape.Size : 0;
            ParameterBytes += (long)parameter.Shape.Size * parameter.DType.Size;
        }
        (MultiplyAdds, ResultBytes) = (trace?.MultiplyAdds, trace?.ResultBytes);
    }

    /// <summary>The model as the C# that builds it.</summary>
    public string Text { get; }

    /// <summary>The layers, outer ones before inner ones, in the order in which they run.</summary>
    public IReadOnlyList<ModelSummaryRow> Rows { get; }

    /// <summary>How many numbers the model has learned or will learn.</summary>
    public long Parameters { get; }

    /// <summary>Those of them that training changes.</summary>
    public long TrainableParameters { get; }

    /// <summary>Bytes of all parameters.</summary>
    public long ParameterBytes { get; }

    /// <summary>Multiply-adds to predict one sample; null when the input's shape is not known.</summary>
    public long? MultiplyAdds { get; }

    /// <summary>Bytes of all results for one sample; null when the input's shape is not known.</summary>
    public long? ResultBytes { get; }

    /// <summary>Follows one sample through a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">The shape of a sample, without the batch axis.</param>
    /// <param name="type">The type of a sample's numbers.</param>
    /// <exception cref="ShapeException">The layers do not fit the sample or each other.</exception>
    public static ModelSummary Of(Layer model, Shape input, DType type = DType.Float32)
    {
        var trace = new ShapeTrace();
        trace.Follow(() => model.Forward(ShapeTrace.Input([1, .. input], type)));
        return new(model, [.. trace.Rows.Select(row => Row(row, model.Find(row.Path)))], trace);
    }

    /// <summary>A summary without outputs, for a model whose input is not known.</summary>
    public static ModelSummary Of(Layer model) => new(model,
        [.. model.Named.AllLayers.Select(layer =>
        Row(new(model.PathOf(layer)!, layer.ToString()!, [], [], 0), layer) with
        {
            Output = null,
        })], null);

    /// <summary>The model's text, then a table of plain text.</summary>
    public override string ToString() => ModelSummaryTable.Write(this);

    static ModelSummaryRow Row(ShapeTraceRow row, Layer? layer)
    {
        bool isMadeOfOthers = layer?.Named.AllLayers.Count > 1;
        string text = isMadeOfOthers ? row.Text.Split('(')[0] : ModelSummaryTable.Shown(row.Text);
        long parameters = layer?.Named.AllParameters.Sum(parameter => (long)parameter.Shape.Size) ?? 0;
        return new(row.Path, text, row.Output, parameters, row.MultiplyAdds);
    }
}

/// <summary>A layer in a <see cref="ModelSummary"/>.</summary>
/// <param name="Path">Its path within the model; empty for the model itself.</param>
/// <param name="Text">The layer as the C# that builds it; of a layer made of others only the name.</param>
/// <param name="Output">The shape of its output for one sample, batch axis included; null when it never ran.</param>
/// <param name="Parameters">The numbers that it and all inside it learn.</param>
/// <param name="MultiplyAdds">Multiply-adds of it and all inside it for one sample.</param>
public sealed record ModelSummaryRow(string Path, string Text, Shape? Output, long Parameters, long MultiplyAdds)
{
    /// <summary>How many layers it lies in.</summary>
    public int Depth => Path.Length == 0 ? 0 : Path.Count(c => c == '.');
}

/// <summary>Draws a <see cref="ModelSummary"/> as aligned plain text.</summary>
static class ModelSummaryTable
{
    static readonly CultureInfo Plain = CultureInfo.InvariantCulture;
    static readonly Regex LongQuote = new("\"([^\"\\\\]{12})[^\"\\\\]{60,}\"", RegexOptions.CultureInvariant);

    public static string Write(ModelSummary summary)
    {
        List<string[]> cells = [["layer", "", "output", "parameters", "multiply-adds"]];
        // The model itself is the line above the table, unless it is one layer alone.
        foreach (ModelSummaryRow row in summary.Rows.Where(row => row.Path.Length > 0 || summary.Rows.Count == 1))
            cells.Add([new string(' ', 2 * row.Depth) + row.Path, row.Text, Axes(row.Output), Count(row.Parameters),
                row.Output is null ? "" : Count(row.MultiplyAdds)]);
        cells.Add(["total", "", "", Count(summary.Parameters), summary.MultiplyAdds is { } all ? Count(all) : ""]);
        var text = new StringBuilder(Shown(summary.Text)).Append("\n\n");
        int[] widths = [.. Enumerable.Range(0, 5).Select(column => cells.Max(row => row[column].Length))];
        foreach (string[] row in cells)
            text.Append(Line(row, widths)).Append('\n');
        return text.Append('\n').Append(Totals(summary)).ToString();
    }

    /// <summary>A model's text without what nobody reads: the graph that an imported layer has as a text.</summary>
    public static string Shown(string text) => LongQuote.Replace(text, "\"$1…\"");

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
