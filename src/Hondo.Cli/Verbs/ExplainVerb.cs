using System.CommandLine;
using Hondo.Autograd;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Cli.Verbs;

/// <summary>
/// <c>hondo explain RUN PICTURE</c>: pictures of what the network looks at: saliency and Grad-CAM, its first filters,
/// the maps of its layers. Of a Neural Turing Machine, without a picture: its heads and memory over time.
/// </summary>
static class ExplainVerb
{
    public static Command Command(Terminal terminal)
    {
        var model = new Argument<string>("MODEL")
        {
            Description = "a run folder, a model file (.safetensors, .onnx) or a pretrained network, e.g. mobilenet_v2",
        };
        var picture = new Argument<string?>("PICTURE")
        {
            Description = "a .png or .jpg file; none for a Neural Turing Machine",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var name = new Option<string>("--class")
        {
            Description = "the class to explain; the most likely one",
            HelpName = "NAME",
        };
        var folder = new Option<string>("--out")
        {
            Description = "the folder to write to; explain-<picture> in the run's artifacts, or here",
            HelpName = "FOLDER",
        };
        var command = new Command("explain", "Show what a network looks at in a picture.")
            { model, picture, name, folder };
        var pictures = new OnnxPictureOptions();
        pictures.AddTo(command);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(picture) is null)
                Applicability.Refuse(parsed, "is for a PICTURE, but none is given", name);
            Run(parsed.GetValue(model)!, parsed.GetValue(picture), parsed.GetValue(name), parsed.GetValue(folder),
                pictures.Of(parsed), terminal);
        });
        return command;
    }

    static void Run(string word, string? path, string? name, string? folder, OnnxPictures onnx, Terminal terminal)
    {
        LoadedModel model = LoadedModel.Open(word, terminal, onnx);
        if (path is null)
        {
            ShowMachine(model, folder ?? FolderOf(word, "heads"), terminal);
            return;
        }
        Shape shape = model.InputShape;
        if (shape is not [var height, var width, 1 or 3])
            throw new DataFormatException(word, "", $"the model takes {shape}, no pictures",
                "Name a model of pictures.");
        Features sample = ImageFolder.Sample(ImageFile.Read(path), shape, model.Crop);
        var numbers = new float[shape.Size];
        sample.CopyTo(0, numbers);
        Image seen = Image.Of(numbers, height, width, shape[2]);
        model.Normalization?.Apply(numbers);
        Explanation explanation = Explanation.Of(model.Model, numbers, shape, TargetOf(name, model.Card.ClassNames));
        terminal.Out.WriteLine(Answer(model, explanation));
        Write(Pictures(model, seen, explanation),
            folder ?? FolderOf(word, $"explain-{Path.GetFileNameWithoutExtension(path)}"), terminal);
    }

    static string FolderOf(string word, string name) =>
        Path.Combine(Directory.Exists(word) ? Path.Combine(word, "artifacts") : "", name);

    static void ShowMachine(LoadedModel model, string folder, Terminal terminal)
    {
        NeuralTuringMachine machine = model.Model.Layers.OfType<NeuralTuringMachine>().FirstOrDefault()
            ?? throw new UsageException("PICTURE: only a Neural Turing Machine is explained without a picture. Name a "
                + ".png or .jpg file.");
        DataSplits parts = Datasets.Find(model.Card.DatasetName).Open();
        Write(new NtmPictures(model.Model, machine, parts.Dev!).All(), folder, terminal);
    }

    static void Write(IEnumerable<(string, Image, string)> pictures, string folder, Terminal terminal)
    {
        Directory.CreateDirectory(folder);
        foreach ((string file, Image image, string what) in pictures)
        {
            ImageFile.Write(Path.Combine(folder, file), image);
            terminal.Out.WriteLine($"{Path.Combine(folder, file)}  {what}");
        }
    }

    static IEnumerable<(string File, Image Image, string What)> Pictures(LoadedModel model, Image seen,
        Explanation explanation)
    {
        yield return ("overview.png", ExplanationPictures.Overview(seen, explanation), explanation.Places is null
            ? "the picture, and how much each pixel counts (saliency)"
            : "the picture, how much each pixel counts (saliency), the places that speak for the class (Grad-CAM)");
        if (ExplanationPictures.Filters(model.Model) is { } filters)
            yield return ("filters.png", filters, "the windows of the first convolution");
        foreach ((int i, FeatureMaps maps) in explanation.Maps.Index())
            yield return ($"maps-{i + 1:00}.png", ExplanationPictures.Maps(maps), $"{maps.Channels} maps "
                + $"{maps.Height}×{maps.Width} of {(maps.Layer.Length > 60 ? maps.Layer[..60] + "…" : maps.Layer)}");
    }

    static int? TargetOf(string? name, IReadOnlyList<string> classes)
    {
        if (name is null)
            return null;
        int found = classes.ToList().FindIndex(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase));
        return found >= 0 ? found : throw new UsageException($"--class: there is no class '{name}'. The model knows "
            + $"{string.Join(", ", classes.Take(20))}.");
    }

    static string Answer(LoadedModel model, Explanation explanation)
    {
        double[] scores = [.. explanation.Scores];
        IReadOnlyList<string> classes = model.Card.ClassNames;
        if (classes.Count != scores.Length)
            return FormattableString.Invariant($"output {explanation.Target}: {scores[explanation.Target]:G6}");
        double[] shares = Tensor.Of(scores, [1, scores.Length]).Softmax().ToArray<double>();
        return FormattableString.Invariant($"{classes[explanation.Target]} {shares[explanation.Target]:0.0000}");
    }
}
