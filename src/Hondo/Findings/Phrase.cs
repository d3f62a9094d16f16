using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Hondo.Findings;

/// <summary>
/// A sentence that knows its pattern, <c>{0} of the {1} units</c>, and what stands in it: so it can be said in another
/// language with the same numbers. An interpolated string becomes one by itself.
/// </summary>
[InterpolatedStringHandler]
sealed class Phrase
{
    readonly StringBuilder _pattern, _english;
    readonly List<object> _parts = [];

    /// <summary>Made by the compiler.</summary>
    public Phrase(int literalLength, int formattedCount) =>
        (_pattern, _english) = (new(literalLength + 4 * formattedCount), new(literalLength + 8 * formattedCount));

    /// <summary>The sentence itself: where C# would choose a string.</summary>
    public static Phrase Of(Phrase phrase) => phrase;

    /// <summary>A sentence without anything that varies.</summary>
    public static Phrase FromText(string text)
    {
        var phrase = new Phrase(text.Length, 0);
        phrase.AppendLiteral(text);
        return phrase;
    }

    /// <summary>The sentence in English.</summary>
    public string English => _english.ToString();

    /// <summary>
    /// The sentence with <c>{0}</c>, <c>{1}</c>, … where its parts stand: what a dictionary looks up.
    /// </summary>
    public string Pattern => _pattern.ToString();

    /// <summary>What stands in the pattern: texts, and sentences of their own.</summary>
    public IReadOnlyList<object> Parts => _parts;

    /// <summary>Equal are phrases that say the same by the same pattern.</summary>
    public override bool Equals(object? obj) =>
        obj is Phrase other && other.English == English && other.Pattern == Pattern;

    public override int GetHashCode() => English.GetHashCode(StringComparison.Ordinal);

    public void AppendLiteral(string text)
    {
        _pattern.Append(text);
        _english.Append(text);
    }

    public void AppendFormatted(Phrase phrase) => Append(phrase, phrase.English);

    public void AppendFormatted<T>(T value, string? format = null)
    {
        string text = value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : $"{value}";
        Append(text, text);
    }

    void Append(object part, string english)
    {
        _pattern.Append('{').Append(CultureInfo.InvariantCulture, $"{_parts.Count}").Append('}');
        _parts.Add(part);
        _english.Append(english);
    }
}
