using System.Globalization;
using System.Text.Json;
using Hondo.Cli.Output;

namespace Hondo.Cli;

/// <summary>Writes what a model says of a sample: class and probabilities, or numbers by name.</summary>
sealed class PredictLine(LoadedModel model, double threshold, int? top, bool asJson, TextWriter writer)
{
    // Of so many classes all probabilities are no answer: the most likely ones are.
    const int ManyClasses = 100, UsualTop = 5;

    readonly int? _top = top ?? (model.Card.ClassNames.Count >= ManyClasses ? UsualTop : null);

    // Further classes are mentioned from this probability on.
    const double WorthMentioning = 0.01;

    /// <summary>True for models whose classes have an order by probability.</summary>
    public static bool HasTop(LoadedModel model) => model.Card.ClassNames.Count > 1 && !model.IsBinary;

    /// <summary>The answer to one row.</summary>
    public void Write(string input, int row, double[] output, string? note)
    {
        if (asJson)
            JsonLine.Write(writer, json =>
            {
                json.WriteString("input", input);
                json.WriteNumber("row", row);
                if (note is not null)
                    json.WriteString("note", note);
                Write(json, output);
            });
        else
            writer.WriteLine(model.IsBinary ? Binary(output[0])
                : model.Card.ClassNames.Count == output.Length
                    ? _top is { } count ? Top(input, output, count)
                    : Likely(output) + (model.IsOfPixels ? " of the pixels" : "")
                : Numbers(output));
    }

    /// <summary>A row that cannot be answered keeps its place.</summary>
    public void Write(string input, int row, Exception problem)
    {
        if (asJson)
            JsonLine.Write(writer, json =>
            {
                json.WriteString("input", input);
                json.WriteNumber("row", row);
                json.WriteString("error", problem.Message);
            });
        else
            writer.WriteLine($"error: {problem.Message}");
    }

    void Write(Utf8JsonWriter json, double[] output)
    {
        IReadOnlyList<string> classes = model.Card.ClassNames;
        if (model.IsBinary)
        {
            double p = output[0];
            json.WriteString("class", classes[p >= threshold ? 1 : 0]);
            Write(json, "probabilities", classes, [1 - p, p]);
            json.WriteFinite("odds", Odds.Of(p));
            json.WriteFinite("logOdds", Odds.Log(p));
        }
        else if (model.IsOfPixels)
            Write(json, "pixels", classes, output);
        else if (classes.Count == output.Length)
        {
            json.WriteString("class", classes[Array.IndexOf(output, output.Max())]);
            if (_top is { } count)
                WriteTop(json, output, count);
            else
                Write(json, "probabilities", classes, output);
        }
        else if (output is [var value])
            json.WriteNumber("value", value);
        else if (model.OutputNames is { } names && names.Count == output.Length)
            Write(json, "values", names, output);
        else
        {
            json.WriteStartArray("values");
            foreach (double number in output)
                json.WriteNumberValue(number);
            json.WriteEndArray();
        }
    }

    static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> keys, double[] values)
    {
        json.WriteStartObject(name);
        for (int k = 0; k < values.Length; k++)
            json.WriteNumber(keys[k], name == "values" ? values[k] : Math.Round(values[k], 6));
        json.WriteEndObject();
    }

    string Binary(double p) => string.Create(CultureInfo.InvariantCulture,
        $"{model.Card.ClassNames[p >= threshold ? 1 : 0]}  {model.Card.ClassNames[1]} {p:0.0000}  "
        + $"odds {Odds.Of(p):0.####}  log-odds {Odds.Log(p):0.0000}");

    static IEnumerable<(int Index, double Item)> Best(double[] probabilities, int count) =>
        probabilities.Index().OrderByDescending(item => item.Item).Take(count);

    void WriteTop(Utf8JsonWriter json, double[] probabilities, int count)
    {
        json.WriteStartArray("top");
        foreach ((int index, double probability) in Best(probabilities, count))
        {
            json.WriteStartObject();
            json.WriteString("class", model.Card.ClassNames[index]);
            json.WriteNumber("index", index);
            json.WriteNumber("probability", Math.Round(probability, 6));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // The input, then a line for each of the most likely classes.
    string Top(string input, double[] probabilities, int count)
    {
        (int Index, double Share)[] best = [.. Best(probabilities, count)];
        IReadOnlyList<string> classes = model.Card.ClassNames;
        int width = best.Max(one => classes[one.Index].Length);
        return string.Join('\n', best.Select(one => string.Create(CultureInfo.InvariantCulture,
            $"  {classes[one.Index].PadRight(width)}  {one.Share:0.0000}")).Prepend(PlainText.Of(input)));
    }

    string Likely(double[] probabilities) => string.Join("  ",
        probabilities.Index().OrderByDescending(item => item.Item)
            .Where((item, place) => place == 0 || item.Item >= WorthMentioning)
            .Select(item => FormattableString.Invariant($"{model.Card.ClassNames[item.Index]} {item.Item:0.0000}")));

    string Numbers(double[] output) => string.Join("  ", output.Select((value, k) =>
        (output.Length > 1 && model.OutputNames is { } names && names.Count == output.Length ? $"{names[k]} " : "")
            + value.ToString("G6", CultureInfo.InvariantCulture)));
}
