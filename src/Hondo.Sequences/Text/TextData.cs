using System.Globalization;
using System.Text;

namespace Hondo.Data;

/// <summary>Makes data sets of texts.</summary>
public static class TextData
{
    const int MostWords = 10_000, BytePairTokens = 1024;

    /// <summary>Reads a UTF-8 file.</summary>
    /// <exception cref="DataFormatException">It cannot be read, is not UTF-8, or is shorter than one window.
    /// </exception>
    public static DataSplits Read(string path, TextOptions? options = null) =>
        Of(Path.GetFileNameWithoutExtension(path), Utf8Text.Read(path), options, path);

    /// <summary>The parts of a text; the tokens are those of all of it.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="text">The text.</param>
    /// <param name="options">How it is cut.</param>
    /// <param name="path">What errors call it; its name when left out.</param>
    /// <exception cref="DataFormatException">It is shorter than one window.</exception>
    public static DataSplits Of(string name, string text, TextOptions? options = null, string? path = null)
    {
        options ??= new();
        ITokenizer tokenizer = TokenizerFor(text, options.Tokens, path ?? name);
        return Of(name, tokenizer.Encode(text, path ?? name), tokenizer, options, path);
    }

    /// <summary>The parts of tokens.</summary>
    /// <param name="name">What messages call them.</param>
    /// <param name="tokens">The tokens, in order.</param>
    /// <param name="tokenizer">What they mean.</param>
    /// <param name="options">How they are cut.</param>
    /// <param name="path">What errors call them; the name when left out.</param>
    /// <exception cref="DataFormatException">They are fewer than one window takes.</exception>
    public static DataSplits Of(string name, int[] tokens, ITokenizer tokenizer, TextOptions options,
        string? path = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Window, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Streams, 1);
        if (tokens.Length <= options.Window)
            throw new DataFormatException(path ?? name, "", string.Create(CultureInfo.InvariantCulture,
                $"it has {tokens.Length:N0} {Plural(tokenizer.Unit, tokens.Length)}, but one window takes "
                + $"{options.Window} and the one that follows"), "Give it some pages of text"
                + (tokens.Length > 2 ? $", or choose a window below {tokens.Length}." : "."));
        Split split = options.Split;
        int[] sizes = Apportionment.Counts(tokens.Length, [split.Train, split.Dev, split.Test]);
        return new(Part(0, sizes[0], "train")!, Part(sizes[0], sizes[1], "dev"),
            Part(sizes[0] + sizes[1], sizes[2], "test"));

        Dataset? Part(int start, int count, string part) => count == 0 && start > 0 ? null
            : Whole($"{name} {part}", tokens, tokenizer, start, start + count, options, path);
    }

    /// <summary>A text that is not cut: to measure a model on it.</summary>
    /// <exception cref="DataFormatException">It has fewer than two tokens.</exception>
    public static Dataset Whole(string name, int[] tokens, ITokenizer tokenizer, TextOptions options) =>
        Whole(name, tokens, tokenizer, 0, tokens.Length, options, name);

    static Dataset Whole(string name, int[] tokens, ITokenizer tokenizer, int start, int end, TextOptions options,
        string? path)
    {
        // The first token of the text follows none.
        int first = Math.Max(1, start);
        if (end <= first)
            throw new DataFormatException(path ?? name, "", $"{name} has no {tokenizer.Unit} to predict",
                "Give it more text, or a larger share.");
        // A stream shorter than a window would start from nothing more often than it goes on.
        int streams = Math.Clamp((end - first) / options.Window, 1, options.Streams);
        var windows = new TokenWindows(tokens, new(first, end, streams, options.Window));
        return new(name, windows, new TokenTargets(windows, tokenizer));
    }

    static ITokenizer TokenizerFor(string text, string kind, string name)
    {
        string[] words = kind.TrimEnd(')').Split('(');
        int size = 0;
        bool isRight = words.Length == 1 || (words.Length == 2 && kind.EndsWith(')')
            && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out size) && size > 0);
        return (isRight ? words[0] : "") switch
        {
            "characters" when size == 0 => Characters.Of(text, name),
            "words" => Words.Of(text, size == 0 ? MostWords : size, name),
            "byte-pairs" when size is 0 or >= 256 => text.Length > 0
                ? BytePairs.Of(text, size == 0 ? BytePairTokens : size)
                : Characters.Of(text, name),
            _ => throw new FormatException($"'{kind}' are no tokens: choose characters, words, words(5000), byte-pairs "
                + "or byte-pairs(1024), of which there are 256 or more."),
        };
    }

    /// <summary>The word by which a tokenizer is asked for: <c>characters</c>, <c>byte-pairs(1024)</c>.</summary>
    public static string KindOf(ITokenizer tokenizer) => tokenizer switch
    {
        Characters => "characters",
        Words words => $"words({Math.Max(1, words.Vocabulary.Tokens.Count(IsLong))})",
        _ => $"byte-pairs({tokenizer.Count})",
    };

    static bool IsLong(string word) => Rune.GetRuneAt(word, 0).Utf16SequenceLength < word.Length;

    internal static string Plural(string unit, int count) => count == 1 ? unit : unit + "s";
}

/// <summary>How a text is cut into tokens, parts and windows.</summary>
public sealed record TextOptions
{
    /// <summary><c>characters</c>, <c>words</c> or <c>byte-pairs</c>; at most so many: <c>words(5000)</c>.</summary>
    public string Tokens { get; init; } = "characters";

    /// <summary>Tokens a window: how far gradients reach back.</summary>
    public int Window { get; init; } = 50;

    /// <summary>Streams that are read side by side: the size of a batch. A short text has fewer.</summary>
    public int Streams { get; init; } = 50;

    /// <summary>Shares of train, dev and test, cut by position: the end of the text is the test.</summary>
    public Split Split { get; init; } = new(90, 5, 5);
}
