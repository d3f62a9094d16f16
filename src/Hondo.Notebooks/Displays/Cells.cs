using System.Globalization;
using System.Text.Json.Nodes;
using Hondo.Data;
using Hondo.Tensors;

namespace Hondo.Notebooks;

/// <summary>
/// What a cell can say without a name before it: <c>Display(x)</c>, <c>Pictures(…)</c>, <c>Check(…)</c>. In a program
/// outside of a notebook they write plain text.
/// </summary>
public static class Cells
{
    static int _displays;

    /// <summary>Where outputs go; null in a plain program.</summary>
    internal static WorkerChannel? Sink { get; set; }

    /// <summary>Shows a value below the cell: a chart, a tensor, a history, anything.</summary>
    /// <returns>What was shown, for replacing it later.</returns>
    public static Shown Display(object? value)
    {
        var shown = new Shown($"shown-{Interlocked.Increment(ref _displays)}");
        Show(Rich.Of(value), shown.Id, isUpdate: false);
        return shown;
    }

    /// <summary>Text in HTML, to display. It is trusted: do not put others' text into it.</summary>
    public static MimeBundle Html(string html, string text = "") => new MimeBundle(text).With("text/html", html);

    /// <summary>Text in Markdown, to display.</summary>
    public static MimeBundle Markdown(string markdown) => new MimeBundle(markdown).With("text/markdown", markdown);

    /// <summary>A drawing in SVG, to display.</summary>
    public static MimeBundle Svg(string svg, string text = "drawing") =>
        new MimeBundle(text).With("image/svg+xml", svg);

    /// <summary>Pictures of a batch as a sheet, to display.</summary>
    /// <param name="images">Numbers from 0 to 1: <c>[batch, height, width, channels]</c> with 1 or 3 channels, or one
    /// picture.</param>
    /// <param name="captions">A text below each, or null.</param>
    /// <param name="columns">Pictures a row.</param>
    /// <exception cref="ShapeException">It is no batch of pictures.</exception>
    public static MimeBundle Pictures(Tensor images, IReadOnlyList<string>? captions = null, int columns = 8) =>
        PictureSheet.Of(images, captions, columns);

    /// <summary>Samples of a data set as a sheet, to display.</summary>
    /// <param name="data">Its samples are pictures.</param>
    /// <param name="samples">Which ones, from 0.</param>
    /// <param name="captions">A text below each; the names of their classes when null.</param>
    /// <param name="columns">Pictures a row.</param>
    /// <exception cref="ShapeException">The samples are no pictures.</exception>
    public static MimeBundle Pictures(Dataset data, IEnumerable<int> samples, IReadOnlyList<string>? captions = null,
        int columns = 8)
    {
        int[] chosen = [.. samples];
        float[] numbers = new float[chosen.Length * data.Sample.Size];
        for (int i = 0; i < chosen.Length; i++)
            data.CopySample(chosen[i], numbers.AsSpan(i * data.Sample.Size, data.Sample.Size));
        return chosen.Length == 0 ? new("no pictures") : Pictures(Tensor.Of(numbers, [chosen.Length, .. data.Sample]),
            captions ?? (data.Targets.HasLabels ? [.. chosen.Select(i => data.Classes[data.Label(i)])] : null),
            columns);
    }

    /// <summary>What a classifier says of each sample: the most probable classes, to display.</summary>
    /// <param name="logits">Its scores before the softmax, [batch, classes].</param>
    /// <param name="classes">Their names.</param>
    /// <param name="samples">Names of the samples; numbers from 0 when null.</param>
    /// <param name="top">Classes of each sample.</param>
    /// <exception cref="ShapeException">There is not a score for each class.</exception>
    public static MimeBundle Predictions(Tensor logits, IReadOnlyList<string> classes,
        IReadOnlyList<string>? samples = null, int top = 3) => PredictionView.Of(logits, classes, samples, top);

    /// <summary>Rows of objects as a table, a column for each property, to display.</summary>
    public static MimeBundle Table<T>(IEnumerable<T> rows) => ObjectTable.Of([.. rows.Cast<object?>()], typeof(T));

    /// <summary>Says whether something holds that an exercise asks for; a teacher's check counts these.</summary>
    /// <param name="what">What should hold.</param>
    /// <param name="holds">Whether it does.</param>
    public static void Check(string what, bool holds)
    {
        Console.WriteLine($"{(holds ? "✓" : "✗")} {what}");
        Sink?.Send(new JsonObject { ["is"] = "check", ["what"] = what, ["holds"] = holds });
    }

    /// <summary>Says whether a number is the one that is expected, and what it is.</summary>
    /// <param name="what">What is compared.</param>
    /// <param name="value">What was computed.</param>
    /// <param name="expected">What it should be.</param>
    /// <param name="tolerance">How far apart they may lie.</param>
    public static void Check(string what, double value, double expected, double tolerance = 5e-4) =>
        Check(what, [value], [expected], tolerance);

    /// <summary>Says whether some numbers are those that are expected, and what they are.</summary>
    /// <param name="what">What is compared.</param>
    /// <param name="values">What was computed.</param>
    /// <param name="expected">What they should be.</param>
    /// <param name="tolerance">How far apart they may lie, each pair.</param>
    public static void Check(string what, IReadOnlyList<double> values, IReadOnlyList<double> expected,
        double tolerance = 5e-4)
    {
        bool holds = values.Count == expected.Count
            && values.Zip(expected).All(pair => Math.Abs(pair.First - pair.Second) <= tolerance);
        Check($"{what}: {Text(values)}{(holds ? "" : $" ≠ {Text(expected)}")}", holds);
    }

    static string Text(IReadOnlyList<double> numbers) => string.Join(", ",
        numbers.Select(number => (Math.Round(number, 5) + 0.0).ToString(CultureInfo.InvariantCulture)));

    internal static void Show(MimeBundle bundle, string id, bool isUpdate)
    {
        if (Sink is { } sink)
            sink.SendOutput(OutputNode.Display(bundle), id, isUpdate);
        else if (!isUpdate)
            Console.WriteLine(bundle.Text);
    }
}

/// <summary>Something that was shown below a cell.</summary>
/// <param name="Id">Its name.</param>
public sealed record Shown(string Id)
{
    /// <summary>Shows another value in its place.</summary>
    public void Replace(object? value) => Cells.Show(Rich.Of(value), Id, isUpdate: true);
}
