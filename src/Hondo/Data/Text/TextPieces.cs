namespace Hondo.Data;

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
