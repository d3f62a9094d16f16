using System.Text.RegularExpressions;

namespace Hondo.Cli.Tests;

/// <summary>Spanish is complete by construction: every text of the sources that is prose has its Spanish.</summary>
public sealed partial class SpokenTests
{
    // What is no prose for readers, and who else answers for it.
    static readonly string[] Elsewhere =
    [
        // Rules and remedies by their code: PlantedFaultTests.
        "Hondo.Insights/Diagnosis/", "Hondo/Training/NonFiniteRules.cs", "Hondo/Training/PartRules.cs",
        // The Spanish itself, and figures' words: FiguresTests.
        "Hondo.Insights/Localization/", "Hondo.Insights/Figures/FigureWords.cs", "Hondo.Cli/Localization/",
        // Signatures of catalogs.
        "Catalog.cs", "Catalogs.cs", "Recipe.cs", "Recipes.cs", "Samplers/Pruners.cs",
        // Languages for machines: C#, SQL, style sheets, formulas, formats of dates.
        "Hondo.Notebooks/Execution/CellText.cs", "Hondo.Notebooks/Execution/CellHoisting.cs", "TexSymbols.cs",
        "Hondo.Data/Csv/DateText.cs", "Hondo.Tuning/Storage/Sql",
        // Both languages stand there.
        "Hondo.Notebooks/Documents/Templates.cs", "Hondo.Notebooks/Displays/Spoken.cs",
        "Hondo.Tuning/Analysis/StudyAdvice.cs",
    ];

    [Fact]
    public void Every_text_of_the_sources_has_its_Spanish()
    {
        SourceText[] texts = [.. SourceTexts.Of(Path.Combine(Root(), "src")).Where(IsForReaders)];
        Assert.True(texts.Length > 1800, $"only {texts.Length} texts were found");
        string[] missing = [.. texts.Where(text => SpanishText.Of(Probe(text.Pattern)) is null)
            .Select(text => $"{text.Place}: {text.Pattern}").Distinct()];
        Assert.True(missing.Length == 0, $"{missing.Length} of {texts.Length} texts lack their Spanish in "
            + "src/Hondo.Insights/Localization/es:\n" + string.Join('\n', missing));
    }

    [Fact]
    public void Spanish_texts_take_over_every_hole()
    {
        (string English, string Spanish)[] wrong = [.. SpanishText.All.Where(text => !Holes(text.Key)
            .SetEquals(Holes(text.Value))).Select(text => (text.Key, text.Value))];
        Assert.Empty(wrong);
    }

    [Fact]
    public void Spanish_texts_have_the_same_numbers() => Assert.Empty(SpanishText.All.Where(text =>
        !Numbers(text.Key).SequenceEqual(Numbers(text.Value))).Select(text => $"{text.Key}\n{text.Value}"));

    [Fact]
    public void Readers_are_addressed_as_tu() => Assert.Empty(SpanishText.All.Where(text =>
        Formal().IsMatch(text.Value)).Select(text => text.Value));

    static IEnumerable<string> Numbers(string text) => Number().Matches(Hole().Replace(text, ""))
        .Select(number => number.Value.Trim('.', ',')).Order(StringComparer.Ordinal);

    static HashSet<string> Holes(string text) => [.. Hole().Matches(text).Select(match => match.Value)];

    // A sentence that is put in whole has its own text.
    static string Probe(string pattern) => Alone().Replace(Hole().Replace(pattern.Trim('\r', '\n', ' '),
        match => $"X{match.Value[1..^1]}"), "$1").Trim();

    static bool IsForReaders(SourceText text) =>
        !Elsewhere.Any(place => text.Place.Contains(place, StringComparison.Ordinal)) && !Code().IsMatch(text.Pattern);

    static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Hondo.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests run inside the repository.");
    }

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"(^|[.?] )X\d+\.(?: |$)")]
    private static partial Regex Alone();

    [GeneratedRegex(@"\d[\d.,]*")]
    private static partial Regex Number();

    // Markup, style sheets, policies, types of media, C#, signatures, commands.
    [GeneratedRegex(@"^\s*<|</|@media|\.hondo-|default-src|; charset=|^\s*(?:public|using|static|record) |namespace \{|"
        + @"#line|return null|^PRAGMA|^EXTRACT|scope=""col""|^\w+\([^()]*\w+: [^ ]+(?:, \w+: \S+)*\)$|"
        + @"^hondo \w+(?: --?[\w-]+)?$|^[\w ]+ (?:middle|end|wrong|shown \{0\}|strong)$")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<!que |se )\b(?:usted|elija|escriba|haga|quite|ponga|pruebe|revise|empiece|indique|corrija)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Formal();
}
