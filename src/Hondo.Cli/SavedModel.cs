using Hondo.Data;

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
            return word.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase)
                ? throw new DataFormatException(word, "", "there is no such file", "Check the path.")
                : null;
        string best = Path.Combine(word, "checkpoints", "best.safetensors");
        return File.Exists(best) ? best
            : throw new DataFormatException(word, "", "the folder is no run: checkpoints/best.safetensors is not in it",
                "Name a run folder, as './hondo train' prints it, or a .safetensors file.");
    }

    /// <summary>The same, when there must be one.</summary>
    public static string Need(string word) => Find(word)
        ?? throw new DataFormatException(word, "", "there is no such run folder or model file",
            "Name a run folder, as './hondo train' prints it, or a .safetensors file.");
}
