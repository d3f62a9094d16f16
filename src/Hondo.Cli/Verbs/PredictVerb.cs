using System.CommandLine;
using System.Globalization;
using Hondo.Cli.Output;
using Hondo.Data;
using Hondo.Models;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo predict RUN|MODEL INPUT...</c>: class and probabilities, or the number, of each sample.</summary>
static class PredictVerb
{
    // Further classes are mentioned from this probability on.
    const double WorthMentioning = 0.01;

    public static Command Command(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "a run folder or a model file" };
        var inputs = new Argument<string[]>("INPUT")
        {
            Description = "files of images (IDX) or rows (.csv), rows such as 5.1,3.5,1.4,0.2, or - for standard input",
            Arity = ArgumentArity.OneOrMore,
        };
        var asJson = new Option<bool>("--json") { Description = "JSON lines" };
        var command = new Command("predict", "Say what a model makes of images or rows.") { model, inputs, asJson };
        command.SetAction(parsed =>
        {
            LoadedModel loaded = LoadedModel.Open(parsed.GetValue(model)!);
            if (TextGenerator.TokenizerOf(loaded.Card) is not null)
                throw new DataFormatException(parsed.GetValue(model)!, "", "the model is one of text, which says what "
                    + "comes next", "Let it write with 'hondo generate', or measure it with 'hondo eval'.");
            foreach (string word in parsed.GetValue(inputs)!)
            {
                Features features = PredictInput.Read(word, loaded, terminal);
                for (int row = 0; row < features.Count; row++)
                    Write(terminal.Out, word, row, loaded, loaded.Predict(features, row), parsed.GetValue(asJson));
            }
        });
        return command;
    }

    static void Write(TextWriter writer, string input, int row, LoadedModel model, double[] output, bool asJson)
    {
        IReadOnlyList<string> classes = model.Card.ClassNames;
        if (asJson)
            JsonLine.Write(writer, json =>
            {
                json.WriteString("input", input);
                json.WriteNumber("row", row);
                if (classes.Count != output.Length)
                {
                    json.WriteNumber("value", output[0]);
                    return;
                }
                json.WriteString("class", classes[Array.IndexOf(output, output.Max())]);
                json.WriteStartObject("probabilities");
                for (int k = 0; k < output.Length; k++)
                    json.WriteNumber(classes[k], Math.Round(output[k], 6));
                json.WriteEndObject();
            });
        else
            writer.WriteLine(classes.Count == output.Length ? Likely(classes, output)
                : string.Join("  ", output.Select(value => value.ToString("G6", CultureInfo.InvariantCulture))));
    }

    static string Likely(IReadOnlyList<string> classes, double[] probabilities) => string.Join("  ",
        probabilities.Index().OrderByDescending(item => item.Item)
            .Where((item, place) => place == 0 || item.Item >= WorthMentioning)
            .Select(item => FormattableString.Invariant($"{classes[item.Index]} {item.Item:0.0000}")));
}
