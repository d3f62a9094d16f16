using System.Runtime.InteropServices;

namespace Hondo.Data;

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
