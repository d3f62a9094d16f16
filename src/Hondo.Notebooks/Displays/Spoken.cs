using System.Net;
using System.Text.RegularExpressions;
using Hondo.Localization;

namespace Hondo.Notebooks;

/// <summary>
/// The language in which Hondo's own words stand in what a notebook shows: its curves, tables and errors. It is the
/// notebook's, so that whoever executes it anew gets the same; in Jupyter, which tells a kernel nothing of its
/// notebook, the kernel's.
/// </summary>
static partial class Spoken
{
    /// <summary>True for Spanish; of the process of the cells.</summary>
    public static bool IsSpanish { get; set; }

    /// <summary>A heading, or a name of a column.</summary>
    public static string Label(string english) => IsSpanish ? SpanishText.Label(english) : english;

    /// <summary>A sentence, or a few.</summary>
    public static string Text(string english) => IsSpanish ? SpanishText.OrEnglish(english) : english;

    /// <summary>Lines of a table of text; columns stay where they are.</summary>
    public static string Lines(string english) => IsSpanish
        ? string.Join('\n', english.Split('\n').Select(SpanishText.Line)) : english;

    /// <summary>A drawing.</summary>
    public static string Drawing(string svg) => IsSpanish ? SpanishText.Markup(svg) : svg;

    /// <summary>An error of a cell.</summary>
    public static CellError Error(CellError error) => IsSpanish
        ? error with { Message = Text(error.Message), Trace = [.. error.Trace.Select(Traced)] } : error;

    // "   at cell 3, line 2", "caused by ShapeException: …", "ShapeException: …", "cell 3, line 2: CS1002: …"
    static string Traced(string line) => Place().Match(line) is { Success: true } place
        ? $"   en la celda {place.Groups[1].Value}, línea {place.Groups[2].Value}"
        : Cause().Replace(line, "causada por ") is var cause && Known().Match(cause) is { Success: true } known
            ? cause[..known.Length] + Text(cause[known.Length..])
            : Text(cause);

    /// <summary>
    /// A line of an output in Spanish, whichever of the two languages it is in, without its columns: what a kernel
    /// showed in one is the same as what executing gives in the other.
    /// </summary>
    public static string Common(string line) => line.Contains('<', StringComparison.Ordinal)
        || line.Contains("aria-label=", StringComparison.Ordinal)
        ? Cell().Replace(InLegend().Replace(SpanishText.Markup(Point().Replace(line, "")), ""),
            cell => SpanishText.Label(WebUtility.HtmlDecode(cell.Value)))
        : string.Join(' ', Columns().Split(line.Trim()).Select(SpanishText.Label));

    // The names in the title of a point, which stand in the legend and at the axis too: train, epoch 1: 2.068.
    [GeneratedRegex(@"(?<=<title>)[^<]*, \p{L}[\p{L} ]* (?=[0-9][^<:]*: )")]
    private static partial Regex Point();

    [GeneratedRegex("(?<=<(?:th|td|p)\\b[^>]*>)[^<>]+(?=<)")]
    private static partial Regex Cell();

    [GeneratedRegex(@"^   at cell (\d+), line (\d+)$")]
    private static partial Regex Place();

    [GeneratedRegex("^caused by ")]
    private static partial Regex Cause();

    [GeneratedRegex(@"^(?:causada por )?\w+Exception: ")]
    private static partial Regex Known();

    // How far to the right an entry of a legend stands depends on the words before it.
    [GeneratedRegex("(?<=^<(?:line class=\"line s\\d+\"|text class=\"faint\")[^>]*) x\\d?=\"[^\"]*\"")]
    private static partial Regex InLegend();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Columns();
}
