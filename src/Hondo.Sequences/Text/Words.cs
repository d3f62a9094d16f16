using System.Runtime.InteropServices;
using System.Text;

namespace Hondo.Data;

/// <summary>Each character of a text is a token: Unicode scalar values, so a letter of any script is one.</summary>
public sealed class Characters : ITokenizer
{
    readonly Vocabulary _vocabulary;
    readonly Dictionary<Rune, int> _numbers = [];

    /// <summary>The characters of a vocabulary.</summary>
    /// <exception cref="FormatException">A token is not one character.</exception>
    public Characters(Vocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        foreach (string token in vocabulary.Tokens)
            _numbers.Add(Rune.GetRuneAt(token, 0) is var rune && rune.Utf16SequenceLength == token.Length
                ? rune
                : throw new FormatException($"'{token}' is not one character."), _numbers.Count);
    }

    /// <summary>The characters that occur in a text, in the order of their codes.</summary>
    /// <exception cref="DataFormatException">The text is empty.</exception>
    public static Characters Of(string text, string name = "the text") => text.Length == 0
        ? throw new DataFormatException(name, "", "it is empty", "Give it some pages of text.")
        : new(new Vocabulary(text.EnumerateRunes().ToHashSet().Order().Select(rune => rune.ToString())));

    /// <inheritdoc/>
    public string Unit => "character";

    /// <inheritdoc/>
    public int Count => _numbers.Count;

    /// <summary>The characters, by number.</summary>
    public Vocabulary Vocabulary => _vocabulary;

    /// <inheritdoc/>
    public int[] Encode(string text, string name = "the text")
    {
        var tokens = new int[text.Length];
        int count = 0;
        foreach (Rune rune in text.EnumerateRunes())
            tokens[count++] = _numbers.TryGetValue(rune, out int number) ? number
                : throw _vocabulary.Unknown(text, name);
        return tokens[..count];
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Bytes(int token) => _vocabulary.Bytes(token);

    /// <inheritdoc/>
    public string ToText() => Tokenizers.Write("characters", json =>
        json.WriteStringValue(string.Concat(_vocabulary.Tokens)));
}

/// <summary>
/// The frequent words of a text are tokens, each with the space before it; rare ones are spelled by their characters,
/// so that every text of known characters can be written.
/// </summary>
public sealed class Words : ITokenizer
{
    readonly Vocabulary _vocabulary;

    /// <summary>The words and characters of a vocabulary.</summary>
    public Words(Vocabulary vocabulary) => _vocabulary = vocabulary;

    /// <summary>All characters of a text and its most frequent words.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">How many words at most; those that occur once are left out.</param>
    /// <param name="name">What errors call the text.</param>
    /// <exception cref="DataFormatException">The text is empty.</exception>
    public static Words Of(string text, int most = 10_000, string name = "the text")
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        IReadOnlyList<string> characters = Characters.Of(text, name).Vocabulary.Tokens;
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        var byPiece = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (ReadOnlySpan<char> piece in new TextPieces(text))
            CollectionsMarshal.GetValueRefOrAddDefault(byPiece, piece, out _)++;
        IEnumerable<string> words = counts.Where(word => word.Value > 1)
            .OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal)
            .Select(word => word.Key).Except(characters).Take(most);
        return new(new Vocabulary(characters.Concat(words)));
    }

    /// <inheritdoc/>
    public string Unit => "word";

    /// <inheritdoc/>
    public int Count => _vocabulary.Tokens.Count;

    /// <summary>The characters and words, by number.</summary>
    public Vocabulary Vocabulary => _vocabulary;

    /// <inheritdoc/>
    public int[] Encode(string text, string name = "the text")
    {
        List<int> tokens = [];
        var numbers = _vocabulary.Numbers;
        foreach (ReadOnlySpan<char> piece in new TextPieces(text))
            if (numbers.TryGetValue(piece, out int word))
                tokens.Add(word);
            else
                for (int i = 0, length; i < piece.Length; i += length)
                {
                    length = char.IsSurrogatePair(piece[i], i + 1 < piece.Length ? piece[i + 1] : ' ') ? 2 : 1;
                    tokens.Add(numbers.TryGetValue(piece.Slice(i, length), out int letter) ? letter
                        : throw _vocabulary.Unknown(text, name));
                }
        return [.. tokens];
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Bytes(int token) => _vocabulary.Bytes(token);

    /// <inheritdoc/>
    public string ToText() => Tokenizers.Write("words", json =>
    {
        json.WriteStartArray();
        foreach (string token in _vocabulary.Tokens)
            json.WriteStringValue(token);
        json.WriteEndArray();
    });
}

/// <summary>Different texts, each with its number.</summary>
public sealed class Vocabulary
{
    readonly string[] _tokens;
    readonly byte[][] _bytes;
    readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>A vocabulary of the given tokens, numbered in their order.</summary>
    /// <exception cref="FormatException">One is empty or there twice, or there are none.</exception>
    public Vocabulary(IEnumerable<string> tokens)
    {
        _tokens = [.. tokens];
        foreach (string token in _tokens)
            if (string.IsNullOrEmpty(token) || !_numbers.TryAdd(token, _numbers.Count))
                throw new FormatException($"The vocabulary has the token '{token}' twice, or an empty one.");
        if (_tokens.Length == 0)
            throw new FormatException("The vocabulary is empty.");
        _bytes = [.. _tokens.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>The tokens, by number.</summary>
    public IReadOnlyList<string> Tokens => _tokens;

    /// <summary>A token's UTF-8.</summary>
    internal ReadOnlySpan<byte> Bytes(int token) => _bytes[token];

    /// <summary>By spans, so that looking up a piece of a text copies nothing.</summary>
    internal Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Numbers =>
        _numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The error of a text with characters that are not here.</summary>
    internal DataFormatException Unknown(string text, string name)
    {
        // More would hide the message.
        const int Shown = 10;
        HashSet<Rune> known = [.. _tokens.SelectMany(token => token.EnumerateRunes())];
        Rune[] missing = [.. text.EnumerateRunes().Where(rune => !known.Contains(rune)).Distinct()];
        string list = string.Join(", ", missing.Take(Shown).Select(TokenText.Describe));
        string more = missing.Length > Shown ? $" and {missing.Length - Shown} more" : "";
        string ofOne = missing.Length == 1 ? "a character that the model does not know" : "characters that the model "
            + "does not know";
        string all = known.Count > 200 ? "" : " It knows "
            + string.Join(" ", known.Where(rune => !Rune.IsWhiteSpace(rune)).Order()) + " and white space.";
        return new(name, "", $"it has {ofOne}: {list}{more}", "Use only characters of the text that it was trained on."
            + all);
    }
}
