using System.Text;

namespace Hondo.Data;

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
