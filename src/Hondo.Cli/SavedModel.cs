using Hondo.Data;
using Hondo.Transfer;

namespace Hondo.Cli;

/// <summary>Finds the model that a word on the command line means.</summary>
static class SavedModel
{
    /// <summary>The best model of a run folder, or a model file; null when it is neither.</summary>
    /// <exception cref="DataFormatException">It is a path without a model.</exception>
    public static string? Find(string word)
    {
        if (File.Exists(word))
            return word;
        if (!Directory.Exists(word))
            return word.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) || IsOnnx(word)
                || word.EndsWith(".caffemodel", StringComparison.OrdinalIgnoreCase)
                ? throw new DataFormatException(word, "", "there is no such file", "Check the path.")
                : null;
        string best = Path.Combine(word, "checkpoints", "best.safetensors");
        return File.Exists(best) ? best
            : throw new DataFormatException(word, "", "the folder is no run: checkpoints/best.safetensors is not in it",
                "Name a run folder, as './hondo train' prints it, or a .safetensors file.");
    }

    /// <summary>True of ONNX files.</summary>
    public static bool IsOnnx(string word) => word.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase);

    /// <summary>The pretrained network of a name, unless a file or run of that name is here; null for others.</summary>
    public static PretrainedModel? Known(string word) => File.Exists(word)
        || Directory.Exists(Path.Combine(word, "checkpoints")) ? null : Pretrained.Known(word);

    /// <summary>Loads a pretrained network; Ctrl-C ends its download.</summary>
    public static PretrainedNetwork Load(PretrainedModel known, Terminal terminal)
    {
        using var interruption = new Interruption(terminal.Stop);
        return known.LoadAsync(new Output.DownloadLines(terminal), interruption.Token).GetAwaiter().GetResult();
    }

    /// <summary>What <see cref="Find"/> finds, when there must be one.</summary>
    public static string Need(string word) => Find(word)
        ?? throw new DataFormatException(word, "", "there is no such run folder, model file or pretrained network",
            (Spelling.Nearest(word, Pretrained.Catalog.Select(known => known.Name)) is { } near
                ? $"Did you mean {near}? " : "") + "Name a run folder, as './hondo train' prints it, a .safetensors "
            + "file, or a network that './hondo models list' shows.");
}
