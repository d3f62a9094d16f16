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
