using System.Reflection;

namespace Hondo.Localization;

/// <summary>The files in <c>es</c>: below each text, which begins with <c>= </c>, its Spanish.</summary>
static class SpanishFiles
{
    const string WordFile = "es/words.txt";

    /// <summary>Texts and patterns, English to Spanish.</summary>
    public static Dictionary<string, string> Texts { get; } =
        Gathered(SpanishPhrases.All.Where(text => text.Key.Any(char.IsLetter)).Concat(FigureWords.All)
            .Concat(Read(name => name != WordFile)));

    /// <summary>Headings and names of columns, which are no texts within a sentence.</summary>
    public static Dictionary<string, string> Words { get; } = Gathered(Read(name => name == WordFile));

    static Dictionary<string, string> Gathered(IEnumerable<KeyValuePair<string, string>> texts)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string english, string spanish) in texts)
            all[english.Trim(' ', '\n')] = spanish.Trim(' ', '\n');
        return all;
    }

    static IEnumerable<KeyValuePair<string, string>> Read(Func<string, bool> isMeant)
    {
        Assembly own = Assembly.GetExecutingAssembly();
        foreach (string name in own.GetManifestResourceNames().Where(name =>
            name.StartsWith("es/", StringComparison.Ordinal) && isMeant(name)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(own.GetManifestResourceStream(name)!);
            string? english = null;
            while (reader.ReadLine()?.Replace("\\n", "\n", StringComparison.Ordinal) is { } line)
                if (line.StartsWith("= ", StringComparison.Ordinal))
                    english = line[2..];
                else if (english is not null && line.Length > 0)
                {
                    yield return new(english, line);
                    english = null;
                }
        }
    }
}
