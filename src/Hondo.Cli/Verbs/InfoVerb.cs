using System.CommandLine;
using System.Text.Json;
using Hondo.Cli.Output;
using Hondo.Layers;
using Hondo.Models;
using Hondo.Onnx;
using Hondo.Serialization;
using Hondo.Tensors;
using Hondo.Transfer;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo info RUN|MODEL|"model text"</c>: layers, shapes, parameters, multiply-adds, memory.</summary>
static class InfoVerb
{
    public static Command Command(Terminal terminal)
    {
        var what = new Argument<string>("MODEL")
        {
            Description = "a run folder, a model file, a name such as mlp, or a text: \"Sequential(Linear(784, 10))\"",
        };
        var input = new Option<string>("--input")
        {
            Description = "the shape of one sample; for a name 28x28x1, or what the network was published with",
            HelpName = "28x28x1",
        };
        Option<int?> outputs = NumberOption.From(1, "--outputs",
            "classes or numbers to predict, for a name; 10, or what the network was published with");
        var asJson = new Option<bool>("--json") { Description = "one JSON object" };
        var command = new Command("info", "Summary of a model: layers, shapes, parameters, multiply-adds, memory.")
        {
            what, input, outputs, asJson,
        };
        command.SetAction(parsed =>
        {
            Shape? shape = parsed.GetValue(input) is { } text ? ParseShape("info", text) : null;
            if (!IsName(parsed.GetValue(what)!))
                Applicability.Refuse(parsed, "is for a name such as mlp, but this model says itself what it gives",
                    outputs);
            (ModelSummary summary, ModelCard? card) = Open(parsed.GetValue(what)!, shape, parsed.GetValue(outputs),
                terminal);
            if (parsed.GetValue(asJson))
                JsonLine.Write(terminal.Out, json => WriteJson(json, summary, card));
            else
                WriteText(terminal.Out, summary, card);
        });
        return command;
    }

    // A name stands for a model of any size; a run, a file, a pretrained network and a text have theirs.
    static bool IsName(string what) => SavedModel.Find(what) is null
        && ModelCatalog.All.Knows(CallText.Parse(what)) && !LayerCatalog.All.Knows(CallText.Parse(what),
            StringComparison.Ordinal);

    static (ModelSummary, ModelCard?) Open(string what, Shape? input, int? outputs, Terminal terminal)
    {
        // Of an architecture that has a name of its own that one is meant.
        if (SavedModel.Known(what) is { } known && !ModelCatalog.All.Knows(CallText.Parse(what)))
        {
            PretrainedNetwork network = SavedModel.Load(known, terminal);
            return (Summary(network.Model, input ?? network.Card.InputShape), network.Card);
        }
        if (SavedModel.Find(what) is { } path)
        {
            (Layer saved, ModelCard card) = SavedModel.IsOnnx(path)
                ? (OnnxModel.Load(path), OnnxModel.CardOf(path)) : ModelFile.Load(path);
            return (Summary(saved, input ?? card.InputShape), card);
        }
        (Shape sample, int classes) = ModelCatalog.UsualData(what);
        Layer model = ModelCatalog.Parse(what, input ?? sample, outputs ?? classes);
        bool isName = !what.Contains("Sequential", StringComparison.OrdinalIgnoreCase);
        return (Summary(model, input ?? FirstInput(model) ?? (isName ? sample : null)), null);
    }

    static ModelSummary Summary(Layer model, Shape? input) =>
        input is { } shape ? ModelSummary.Of(model, shape, ReadsTokens(model, shape) ? DType.Int32 : DType.Float32)
            : ModelSummary.Of(model);

    // A model of text takes windows [time] of tokens. Its layers are asked for by their texts, for which no weights are
    // drawn: of a named network that would be most of the time.
    internal static bool ReadsTokens(Layer model, Shape input) => input.Rank == 1
        && (model is Sequential { Count: > 0 } layers && layers[0] is Recurrent
            || ModelSummary.Of(model).Rows.Any(row => row.Text.StartsWith("Embedding(", StringComparison.Ordinal)));

    // What a model takes follows from its first layer when that one is linear or reads tokens.
    const int UsualWindow = 50;

    static Shape? FirstInput(Layer model) => model switch
    {
        Sequential { Count: > 1 } layers when layers[0] is Flatten => FirstInput(layers[1]),
        Sequential { Count: > 0 } layers => FirstInput(layers[0]),
        Recurrent or Embedding => [UsualWindow],
        Linear first => [first.Weight.Shape[1]],
        _ => null,
    };

    internal static Shape ParseShape(string verb, string text)
    {
        string[] words = text.Split('x', ',');
        var axes = new int[words.Length];
        for (int i = 0; i < axes.Length; i++)
            if (!int.TryParse(words[i], out axes[i]) || axes[i] < 1)
                throw new UsageException($"hondo {verb}: --input '{text}' is not a shape. Write it as 28x28x1.");
        return Shape.Create(axes);
    }

    const int MostNamed = 20;

    static void WriteText(TextWriter writer, ModelSummary summary, ModelCard? card)
    {
        writer.WriteLine(summary.ToString().TrimEnd('\n'));
        if (card is null)
            return;
        if (card.DatasetName.Length > 0)
            writer.WriteLine($"Trained on {card.DatasetName} with {card.Loss}");
        if (card.ClassNames.Count > 0)
            writer.WriteLine($"Classes: {string.Join(", ", card.ClassNames.Take(MostNamed))}"
                + (card.ClassNames.Count > MostNamed ? $" and {card.ClassNames.Count - MostNamed} more" : ""));
        foreach ((string name, double value) in card.Metrics)
            writer.WriteLine(FormattableString.Invariant($"{name}: {value:0.0000}"));
        if (card.ModelHash.Length > 0)
            writer.WriteLine($"Hash: {card.ModelHash}");
    }

    static void WriteJson(Utf8JsonWriter json, ModelSummary summary, ModelCard? card)
    {
        json.WriteString("model", summary.Text);
        json.WriteNumber("parameters", summary.Parameters);
        json.WriteNumber("trainableParameters", summary.TrainableParameters);
        json.WriteNumber("parameterBytes", summary.ParameterBytes);
        if (summary.MultiplyAdds is { } adds)
            json.WriteNumber("multiplyAdds", adds);
        if (summary.ResultBytes is { } bytes)
            json.WriteNumber("resultBytes", bytes);
        if (card is not null)
            json.WriteString("modelHash", card.ModelHash);
        json.WriteStartArray("layers");
        foreach (ModelSummaryRow row in summary.Rows)
        {
            json.WriteStartObject();
            json.WriteString("path", row.Path);
            json.WriteString("layer", row.Text);
            if (row.Output is { } output)
                json.WriteString("output", output.ToString());
            json.WriteNumber("parameters", row.Parameters);
            json.WriteNumber("multiplyAdds", row.MultiplyAdds);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
