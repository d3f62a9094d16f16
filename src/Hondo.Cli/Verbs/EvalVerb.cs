using System.CommandLine;
using Hondo.Cli.Output;
using Hondo.Data;
using Hondo.Metrics;
using Hondo.Models;
using Hondo.Training;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo eval RUN|MODEL DATA</c>: loss and metrics on a data set.</summary>
static class EvalVerb
{
    public static Command Command(Terminal terminal)
    {
        var model = new Argument<string>("MODEL")
        {
            Description = "a run folder, a model file (.safetensors, .onnx) or a pretrained network, e.g. mobilenet_v2",
        };
        var data = new Argument<string>("DATA")
        {
            Description = "a data set's name or path; its test part if it has one",
        };
        var asJson = new Option<bool>("--json") { Description = "one JSON object" };
        var command = new Command("eval", "Measure a model on a data set.") { model, data, asJson };
        var pictures = new OnnxPictureOptions();
        pictures.AddTo(command);
        command.SetAction(parsed =>
        {
            LoadedModel loaded = LoadedModel.Open(parsed.GetValue(model)!, terminal, pictures.Of(parsed));
            Dataset samples = Open(parsed.GetValue(data)!, loaded, terminal);
            if (samples.Sample != loaded.InputShape && !IsSequence(samples, loaded))
                throw new DataFormatException(samples.Name, "", $"its samples are {samples.Sample}, but the model was "
                    + $"trained on {loaded.InputShape} ({loaded.Card.DatasetName})",
                    "Evaluate on data of the same kind.");
            var evaluator = new Evaluator(loaded.Model, loaded.Loss, MetricsOf(samples, loaded), samples,
                loaded.Normalization)
            {
                Predictor = IsOfImages(loaded) ? new(loaded.Model) : null,
            };
            Scores scores = evaluator.Measure();
            Write(terminal.Out, samples, scores, parsed.GetValue(asJson));
        });
        return command;
    }

    // Of many classes some are hard to tell apart for anyone: ImageNet's networks are judged by five guesses too.
    const int ManyClasses = 100;

    static IReadOnlyList<IMetric> MetricsOf(Dataset samples, LoadedModel model)
    {
        IReadOnlyList<IMetric> usual = samples.Targets.Metrics(model.Loss);
        return samples.Targets.HasLabels && samples.Classes.Count >= ManyClasses ? [.. usual, new TopKAccuracy(5)]
            : usual;
    }

    // What is known of a sample before is worth preparing for; sequences carry memory from one batch to the next.
    static bool IsOfImages(LoadedModel model) =>
        model.Card.InputShape is { Rank: 3 } && TextGenerator.TokenizerOf(model.Card) is null;

    // A model of sequences takes them of any length.
    static bool IsSequence(Dataset samples, LoadedModel model) =>
        samples.Targets.AreDrawn && model.InputShape is [_, var features]
            && samples.Sample[1] == features;

    static Dataset Open(string word, LoadedModel model, Terminal terminal)
    {
        if (TextGenerator.TokenizerOf(model.Card) is { } tokenizer)
            return EvalText.Open(word, tokenizer, model.InputShape[0]);
        // The columns of a table become numbers as they did in training.
        if (model.Schema is { } schema && File.Exists(word))
        {
            Dataset rows = schema.Encode(schema.Read(word), Path.GetFileNameWithoutExtension(word),
                out IReadOnlyList<string> unknown);
            if (unknown.Count > 0)
                terminal.Error.WriteLine($"note: {unknown.Count} {(unknown.Count == 1 ? "row has" : "rows have")} a "
                    + $"text that no training row had; it counts as none of those known. The first: {unknown[0]}");
            return rows;
        }
        var options = new DataOptions { Progress = new DownloadLines(terminal) };
        if (model.Card.InputShape is [var height, var width, var channels])
            options = options with
            {
                Images = new()
                {
                    Height = height, Width = width, Channels = channels, Classes = model.Card.ClassNames,
                    Aliases = model.Aliases, Crop = model.Crop,
                },
            };
        if (Directory.Exists(word) && !Datasets.Catalog.Any(known => known.Name == word) && ImageFolder.IsIn(word))
            word = ImageFolder.TestPart(word);
        DataSplits parts = DataSource.Open(word, options).Parts;
        return parts.Test ?? parts.Train;
    }

    static void Write(TextWriter writer, Dataset samples, Scores scores, bool asJson)
    {
        if (asJson)
            JsonLine.Write(writer, json =>
            {
                json.WriteString("event", "result");
                json.WriteString("data", samples.Name);
                json.WriteNumber("samples", scores.Samples);
                foreach ((string name, double value) in scores)
                    json.WriteFinite(name, value);
            });
        else
            Describe(samples, scores, writer);
    }

    static void Describe(Dataset samples, Scores scores, TextWriter writer)
    {
        writer.WriteLine(FormattableString.Invariant(
            $"{samples.Name}: {scores.Samples:N0} {samples.Targets.Unit}s  {scores}"));
    }
}
