using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Serialization;
using Hondo.Transfer;

namespace Hondo.Cli;

/// <summary>The network whose body <c>--from</c> asks for, before it is known what it is trained for.</summary>
/// <param name="Word">The word on the command line, a path in full.</param>
/// <param name="Network">The network.</param>
/// <param name="UnfreezeAfter">After how many epochs the body is trained too; never when null.</param>
sealed record TransferModel(string Word, PretrainedNetwork Network, int? UnfreezeAfter)
{
    /// <summary>What the command line asks for; null for a network that begins anew.</summary>
    /// <exception cref="UsageException">Options do not go together.</exception>
    public static TransferModel? Asked(ParseResult parsed, TrainOptions options, Terminal terminal, bool isResumed)
    {
        int? unfreezeAfter = parsed.GetValue(options.UnfreezeAfter);
        bool freezes = parsed.GetValue(options.Freeze);
        if (parsed.GetValue(options.From) is not { } word)
            return unfreezeAfter is null && !freezes ? null : throw new UsageException(
                $"{(freezes ? "--freeze" : "--unfreeze-after")} is about the body that --from brings: name one, e.g. "
                + "--from mobilenet_v2, or leave it out.");
        if (freezes && unfreezeAfter is not null)
            throw new UsageException("--freeze keeps the body as it is and --unfreeze-after trains it: choose one.");
        if (!isResumed)
            foreach ((Option option, string why) in ((Option, string)[])[(options.Model, "brings the model"),
                (options.Size, "brings the size of its pictures"), (options.Normalize, "brings its normalization")])
                if (parsed.GetResult(option) is { Implicit: false })
                    throw new UsageException($"--from {why}: leave out {option.Name}.");
        if (SavedModel.Known(word) is { } known)
            return new(known.Name, SavedModel.Load(known, terminal), unfreezeAfter);
        string path = SavedModel.Need(word);
        if (SavedModel.IsOnnx(word))
            return new(Path.GetFullPath(word), default(OnnxPictures).Open(path, terminal), unfreezeAfter);
        if (AlexNetFiles.IsOne(path))
            return new(Path.GetFullPath(word), AlexNetFiles.Open(path), unfreezeAfter);
        (Layer model, ModelCard card) = ModelFile.Load(path);
        if (card.InputShape is not [_, _, 1 or 3] || card.ClassNames.Count < 2)
            throw new DataFormatException(word, "", "it was not trained to tell classes of pictures apart",
                "Name a run on pictures, or a network that './hondo models list' shows.");
        return new(Path.GetFullPath(word), new(model, card), unfreezeAfter);
    }

    /// <summary>What pictures of a folder must become.</summary>
    public ImageOptions Images(ImageOptions given) => Network.Images with { CacheBytes = given.CacheBytes };

    /// <summary>The data in the size that the network sees.</summary>
    public DataSource Sized(DataSource source) => source with { Parts = Network.Sized(source.Parts) };

    /// <summary>What works for the new head.</summary>
    public Recipe Recipe(DataSplits parts, int? epochs, string? augment)
    {
        if (UnfreezeAfter >= epochs)
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--unfreeze-after {UnfreezeAfter} "
                + $"never comes: there are {epochs} epochs. Make it smaller, or --epochs larger."));
        string name = Path.GetFileNameWithoutExtension(Word.TrimEnd('/', '\\')).Replace('_', '-');
        return TransferRecipe.For(parts, UnfreezeAfter, epochs, augment ?? "") with { Model = name };
    }

    /// <summary>The network with its new head.</summary>
    /// <exception cref="DataFormatException">Its body cannot be cut off.</exception>
    public TransferSource Under(DataSplits parts)
    {
        try
        {
            return new(Word, new(Network, parts.Train.Classes.Count), UnfreezeAfter);
        }
        catch (ArgumentException error)
        {
            throw new DataFormatException(Word, "", error.Message.Split(" (Parameter")[0].TrimEnd('.'),
                "Name another network.", error);
        }
    }
}

/// <summary>A network with a body that has learned and a head that has not.</summary>
/// <param name="Word">Where the body comes from.</param>
/// <param name="Network">The network.</param>
/// <param name="UnfreezeAfter">After how many epochs the body is trained too; never when null.</param>
sealed record TransferSource(string Word, TransferNetwork Network, int? UnfreezeAfter)
{
    /// <summary>Writes the options that asked for it.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("from", Word);
        if (UnfreezeAfter is { } epochs)
            json.WriteNumber("unfreeze-after", epochs);
    }

    /// <summary>Where the body comes from, what was taken over, and whether it is trained.</summary>
    public override string ToString() => $"{Word}: {Network.Description}; the body "
        + UnfreezeAfter switch
        {
            null => "stays frozen",
            0 => "is trained too, the slower the nearer to the input",
            var epochs => string.Create(CultureInfo.InvariantCulture, $"is frozen for {epochs} "
                + $"epoch{(epochs == 1 ? "" : "s")}, then trained too, the slower the nearer to the input"),
        };
}
