using System.CommandLine;
using System.Globalization;
using Hondo.Data;
using Hondo.Models;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo predict RUN|MODEL INPUT...</c>: class and probabilities, or the number, of each sample.</summary>
static class PredictVerb
{
    public static Command Command(Terminal terminal)
    {
        var model = new Argument<string>("MODEL")
        {
            Description = "a run folder, a model file (.safetensors, .onnx) or a pretrained network, e.g. mobilenet_v2",
        };
        var inputs = new Argument<string[]>("INPUT")
        {
            Description = "pictures, files of images (IDX) or rows (.csv), rows such as 5.1,3.5,1.4,0.2, or - for "
                + "standard input",
            Arity = ArgumentArity.OneOrMore,
        };
        var asJson = new Option<bool>("--json") { Description = "JSON lines" };
        var threshold = ThresholdOption();
        Option<int?> top = NumberOption.From(1, "--top",
            "say the N most likely classes, one a line; of models with many classes 5");
        var command = new Command("predict", "Say what a model makes of images or rows.")
        {
            model, inputs, asJson, threshold, top,
        };
        var pictures = new OnnxPictureOptions();
        pictures.AddTo(command);
        command.SetAction(parsed =>
        {
            LoadedModel loaded = LoadedModel.Open(parsed.GetValue(model)!, terminal, pictures.Of(parsed));
            if (TextGenerator.TokenizerOf(loaded.Card) is not null)
                throw new DataFormatException(parsed.GetValue(model)!, "", "the model is one of text, which says what "
                    + "comes next", "Let it write with 'hondo generate', or measure it with 'hondo eval'.");
            if (parsed.GetValue(threshold) is not null && !loaded.IsBinary)
                throw new UsageException("--threshold is for a model that says yes or no with one number (logistic, or "
                    + $"--loss BinaryCrossEntropy); this one was trained with {loaded.Loss}: leave it out.");
            if (parsed.GetValue(top) is not null && !PredictLine.HasTop(loaded))
                throw new UsageException("--top is for a model that tells classes apart: leave it out.");
            var lines = new PredictLine(loaded, parsed.GetValue(threshold) ?? 0.5, parsed.GetValue(top),
                parsed.GetValue(asJson), terminal.Out);
            return parsed.GetValue(inputs)!.Sum(word => Answer(word, loaded, lines, terminal)) == 0 ? 0 : 1;
        });
        return command;
    }

    // Every row has its answer, in its place; how many could not be answered.
    static int Answer(string word, LoadedModel model, PredictLine lines, Terminal terminal)
    {
        PredictInput input = PredictInput.Read(word, model, terminal);
        for (int row = 0; row < input.Features.Count; row++)
        {
            string? note = input.Unknown.GetValueOrDefault(row);
            if (note is not null)
                terminal.Error.WriteLine($"note: {note} It counts as none of them.");
            if (input.Problems.TryGetValue(row, out DataFormatException? problem))
                lines.Write(word, row, problem);
            else
                lines.Write(word, row, model.Predict(input.Features, row), note
                    ?? (input.Gaps.TryGetValue(row, out string? gap) ? $"{gap}: it is missing." : null));
        }
        if (input.Gaps.Count > 0)
            terminal.Error.WriteLine($"note: {input.Gaps.Count} {(input.Gaps.Count == 1 ? "row has" : "rows have")} "
                + "gaps; the mean of the training rows, or their most frequent text, stands for what is missing. The "
                + $"first: {input.Gaps.Values.First()}.");
        if (input.Problems.Count > 0)
            terminal.Error.WriteLine($"error: {input.Problems.Count} of {input.Features.Count} rows cannot be "
                + $"answered: "
                + input.Problems.Values.First().Message);
        return input.Problems.Count;
    }

    static Option<double?> ThresholdOption() => new("--threshold")
    {
        Description = "from which probability on the second of two classes is said, 0 to 1; 0.5",
        HelpName = "P",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (double.TryParse(text, CultureInfo.InvariantCulture, out double p) && p is >= 0 and <= 1)
                return p;
            result.AddError($"--threshold is a probability from 0 to 1, e.g. 0.3, but got '{text}'");
            return null;
        },
    };
}
