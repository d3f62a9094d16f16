using System.Reflection;

namespace Hondo.Localization;

/// <summary>The files in <c>es</c>: below each text, which begins with <c>= </c>, its Spanish.</summary>
static class SpanishFiles
{
    const string WordFile = "es/words.txt";

    /// <summary>Texts and patterns, English to Spanish.</summary>
    public static Dictionary<string, string> Texts { get; } =
        Gathered(SpanishPhrases.All.Where(text => text.Key.Any(char.IsLetter)).Concat(FigureWords.All)
            .Concat(Advice).Concat(Read(name => name != WordFile)));

    /// <summary>Headings and names of columns, which are no texts within a sentence.</summary>
    public static Dictionary<string, string> Words { get; } = Gathered(Read(name => name == WordFile));

    // What the diagnosis advises stands in records of runs as English text behind what was found: by sentence.
    static IEnumerable<KeyValuePair<string, string>> Advice =>
        from rule in DiagnosisRules.All
        let told = SpanishRules.Of(rule.Code)
        where told is not null
        let english = Sentences(rule.Remedy)
        let spanish = Sentences(told.Value.Remedy)
        from pair in english.Length == spanish.Length ? english.Zip(spanish) : [(rule.Remedy, told.Value.Remedy)]
        where pair.First.Any(char.IsLetter)
        select KeyValuePair.Create(pair.First, pair.Second);

    static string[] Sentences(string text) => [.. text.Replace(". ", ".\n", StringComparison.Ordinal)
        .Replace("? ", "?\n", StringComparison.Ordinal).Split('\n')];

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
