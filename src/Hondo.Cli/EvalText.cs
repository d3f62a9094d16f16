using Hondo.Data;

namespace Hondo.Cli;

/// <summary>Opens a text to measure a model of text on.</summary>
static class EvalText
{
    // Streams start from nothing: few and long ones measure what the model is worth.
    const int LeastStream = 2000, MostStreams = 50;

    /// <summary>The test part of a named text, or all of a file, in the model's own tokens.</summary>
    /// <exception cref="DataFormatException">There is no such text, or it has characters that the model does not know.
    /// </exception>
    public static Dataset Open(string word, ITokenizer tokenizer, int window)
    {
        (string path, bool isNamed) = Find(word);
        string text = Utf8Text.Read(path);
        int[] tokens = tokenizer.Encode(text, path);
        TextOptions options = new()
        {
            Window = window,
            Streams = Math.Clamp(tokens.Length / LeastStream, 1, MostStreams),
        };
        string name = Path.GetFileNameWithoutExtension(path);
        return isNamed ? TextData.Of(name, tokens, tokenizer, options, path).Test!
            : TextData.Whole(name, tokens, tokenizer, options);
    }

    static (string Path, bool IsNamed) Find(string word)
    {
        if (File.Exists(word))
            return (word, false);
        return Datasets.Catalog.FirstOrDefault(data => data.Name == word) is { TextFile: { } file, Folder: { } folder }
            ? (Path.Combine(folder, file), true)
            : throw new DataFormatException(word, "", "there is no such text on this machine",
                "The model is one of text: name a UTF-8 file, or shakespeare or quijote.");
    }
}
