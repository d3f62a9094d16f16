using System.Text;

namespace Hondo.Data;

/// <summary>How characters are shown to people.</summary>
static class TokenText
{
    /// <summary>A character with its code: <c>'ñ' (U+00F1)</c>; one that cannot be seen has its code only.</summary>
    public static string Describe(Rune rune) =>
        Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) ? $"U+{rune.Value:X4}" : $"'{rune}' (U+{rune.Value:X4})";

    /// <summary>A token on one line: white space and what is no text are escaped.</summary>
    public static string Visible(ReadOnlySpan<byte> token)
    {
        var text = new StringBuilder();
        while (token.Length > 0)
        {
            bool isWhole = Rune.DecodeFromUtf8(token, out Rune rune, out int length)
                == System.Buffers.OperationStatus.Done;
            text.Append(!isWhole ? $"\\x{token[0]:X2}" : rune.Value switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when Rune.IsControl(rune) => $"\\u{rune.Value:X4}",
                _ => rune.ToString(),
            });
            token = token[(isWhole ? length : 1)..];
        }
        return text.ToString();
    }
}

/// <summary>
/// The pieces of a text: words with the space before them, numbers, runs of signs, runs of white space. One after the
/// other they are the text (as GPT-2 cuts it, Radford et al. 2019).
/// </summary>
ref struct TextPieces(ReadOnlySpan<char> text)
{
    ReadOnlySpan<char> _rest = text;

    public readonly TextPieces GetEnumerator() => this;

    public ReadOnlySpan<char> Current { get; private set; }

    public bool MoveNext()
    {
        if (_rest.IsEmpty)
            return false;
        int length = LengthOfFirst(_rest);
        Current = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    static int LengthOfFirst(ReadOnlySpan<char> text)
    {
        int start = text[0] == ' ' && text.Length > 1 && KindOf(text[1]) != Kind.Space ? 1 : 0;
        Kind kind = KindOf(text[start]);
        int end = start + 1;
        while (end < text.Length && KindOf(text[end]) == kind)
            end++;
        // The last space before a word belongs to the word.
        return kind == Kind.Space && end < text.Length && end > 1 && text[end - 1] == ' ' ? end - 1 : end;
    }

    static Kind KindOf(char c) => char.IsWhiteSpace(c) ? Kind.Space
        // An accent may be a character of its own.
        : char.IsLetter(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark
            or System.Globalization.UnicodeCategory.SpacingCombiningMark ? Kind.Letter
        : char.IsNumber(c) ? Kind.Number
        : Kind.Sign;

    enum Kind
    {
        Space,
        Letter,
        Number,
        Sign,
    }
}
