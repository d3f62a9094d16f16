using System.CommandLine;
using Hondo.Cli.Output;
using Hondo.Layers;
using Hondo.Onnx;
using Hondo.Serialization;
using Hondo.Tensors;
using Hondo.Transfer;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo onnx export|import</c>: models out to other programs, and in from them.</summary>
static class OnnxFilesVerb
{
    public static Command Export(Terminal terminal)
    {
        var what = new Argument<string>("MODEL")
        {
            Description = "a run folder, a .safetensors file, or a pretrained network such as mobilenet_v2",
        };
        var to = new Option<string>("--to")
        {
            Description = "the ONNX file to write; MODEL's name with .onnx in this folder when left out",
            HelpName = "FILE.onnx",
        };
        var input = new Option<string>("--input")
        {
            Description = "the shape of one sample, when the model's file does not say it or another is wanted",
            HelpName = "28x28x1",
        };
        var opset = new Option<int>("--opset")
        {
            Description = "the version of ONNX's operators, 17 to 23", DefaultValueFactory = _ => 17,
        };
        var raw = new Option<bool>("--raw")
        {
            Description = "write the normalization into the graph: it takes bytes of pixels, or unscaled columns",
        };
        Option<string> time = TimeAxis();
        var command = new Command("export", "Write a model as an ONNX file, for other programs.")
        {
            what, to, input, opset, raw, time,
        };
        command.SetAction(parsed => Export(terminal, parsed.GetValue(what)!, parsed.GetValue(to),
            parsed.GetValue(input), new OnnxExportOptions
            {
                Opset = parsed.GetValue(opset), Normalizes = parsed.GetValue(raw), TimeAxis = parsed.GetValue(time),
            }));
        return command;
    }

    static Option<string> TimeAxis() => new("--time-axis")
    {
        Description = "of a model of sequences: let them have any length in the file; NAME is what the axis is "
            + "called",
        HelpName = "NAME",
    };

    static void Export(Terminal terminal, string what, string? to, string? input,
        OnnxExportOptions options)
    {
        if (options.Opset is < OnnxExportOptions.OldestOpset or > OnnxExportOptions.NewestOpset)
            throw new UsageException($"hondo onnx export: --opset is a number from {OnnxExportOptions.OldestOpset} to "
                + $"{OnnxExportOptions.NewestOpset}, but got {options.Opset}.");
        (Layer model, ModelCard card) = Open(what, terminal);
        if (options.Normalizes && card.Normalization.Length == 0)
            throw new UsageException($"hondo onnx export: {what} has no normalization, so there is nothing for --raw "
                + "to write. Leave --raw out.");
        Shape shape = (input is { } text ? InfoVerb.ParseShape("onnx export", text) : card.InputShape)
            ?? throw new UsageException($"hondo onnx export: {what} does not say what a sample looks like. Add it, "
                + "for example --input 28x28x1.");
        string path = to ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(
            what.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) ? what[..^12] : what))) + ".onnx";
        OnnxExport.Save(model, path, shape, InfoVerb.ReadsTokens(model, shape) ? DType.Int32 : DType.Float32,
            options with { Card = card });
        OnnxInfo info = OnnxInfo.Read(path);
        terminal.Out.WriteLine($"{PlainText.Of(path)}: {info.Inputs[0].Name} {info.Inputs[0].Type} -> "
            + $"{info.Outputs[0].Name} {info.Outputs[0].Type}, operators {options.Opset}, "
            + $"{info.Operators.Values.Sum()} nodes");
    }

    // As it was trained: batch norms are not folded.
    static (Layer, ModelCard) Open(string what, Terminal terminal)
    {
        if (SavedModel.Known(what) is not { } known)
            return ModelFile.Load(SavedModel.Need(what));
        PretrainedNetwork network = SavedModel.Load(known, terminal);
        return (network.Model, network.Card);
    }

    public static Command Import(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "an ONNX file" };
        var to = new Option<string>("--to")
        {
            Description = "the model file to write; FILE's name with .safetensors in this folder when left out",
            HelpName = "FILE.safetensors",
        };
        var command = new Command("import", "Make a model file of an ONNX file.")
        {
            file, to,
        };
        command.SetAction(parsed => Import(terminal, parsed.GetValue(file)!, parsed.GetValue(to)));
        return command;
    }

    static void Import(Terminal terminal, string file, string? to)
    {
        Layer model = OnnxModel.Load(file);
        string path = to ?? Path.GetFileNameWithoutExtension(file) + ".safetensors";
        ModelCard card = ModelFile.Save(model, path, OnnxModel.CardOf(file));
        terminal.Out.WriteLine($"{PlainText.Of(path)}: {model.Parameters.Sum(p => (long)p.Shape.Size)} parameters, "
            + $"samples {card.InputShape?.ToString() ?? "of any shape"}");
    }
}
