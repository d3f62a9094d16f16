using System.Text.RegularExpressions;
using Hondo.Serialization;

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

    // A hole of another text can swallow the English of one that has no Spanish of its own: what came through as it
    // was, and is a word of no Spanish text, is English.
    [Fact]
    public void No_text_comes_through_half_in_English()
    {
        HashSet<string> spanish = [.. SpanishText.All.Values.Concat(SpanishFiles.Words.Values).SelectMany(Words)];
        string[] half = [.. SourceTexts.Of(Path.Combine(Root(), "src")).Where(IsForReaders)
            .Select(text => (text, Told: SpanishText.Of(Probe(text.Pattern))))
            .Where(pair => pair.Told is not null && Words(Named().Replace(pair.Told, " ")).Any(word =>
                !spanish.Contains(word) && Words(pair.text.Pattern).Contains(word)))
            .Select(pair => $"{pair.text.Place}: {pair.text.Pattern}\n    {pair.Told}").Distinct()];
        Assert.True(half.Length == 0, $"{half.Length} texts are half English in Spanish; give each a line of its "
            + "own in src/Hondo.Insights/Localization/es:\n" + string.Join('\n', half));
    }

    // Alone, of a part of the data, and with a number: all of it follows from one line.
    [Fact]
    public void Every_loss_and_metric_has_its_Spanish()
    {
        string[] names = [.. LossCatalog.All.Signatures.Select(line => LossCatalog.All.Parse(Call(line)).Name),
            .. MetricCatalog.All.Signatures.Where(line => line.Name is not ("RowCount" or "TopKAccuracy"))
                .Select(line => MetricCatalog.All.Parse(Call(line)).Name)];
        // Some have been added by other tests.
        string[] missing = [.. names.Except(["Poisson loss"]).Distinct().Where(name => SpanishText.Of(name) is null
            || SpanishText.Of($"dev {name}") is null || SpanishText.Of($"dev {name} 0.25") is null)];
        Assert.True(missing.Length == 0, "src/Hondo.Insights/Localization/es/core.txt lacks the Spanish of\n"
            + string.Join('\n', missing.Select(name => $"= {name}")));
    }

    static string Call(Signature line) => $"{line.Name}()";

    // What stands in a column is told by itself, whatever patterns fit the line as a whole.
    [Theory]
    [InlineData("Epoch 1/3  7/7  0.2 s  loss 0.9494  accuracy 0.6095  dev loss 0.5",
        "Época 1/3  7/7  0.2 s  pérdida 0.9494  exactitud 0.6095  pérdida en dev 0.5")]
    [InlineData("dev mean IoU 0.5  dev loss 0.25  test f1 0.75",
        "IoU media en dev 0.5  pérdida en dev 0.25  f1 en test 0.75")]
    [InlineData("dev accuracy: 0.6095", "exactitud en dev: 0.6095")]
    [InlineData("test  loss 1.972  accuracy 0.1778", "test  pérdida 1.972  exactitud 0.1778")]
    public void Lines_of_progress_are_told_column_by_column(string english, string spanish) =>
        Assert.Equal(spanish, SpanishText.Line(english));

    // Whatever a user's columns are called, and however many there are, the words around them are ours.
    [Theory]
    [InlineData("w.csv: 178 rows, semicolon, decimal comma, header; target target: 3 classes; features "
        + "alcalinity_of_ash, nonflavanoid_phenols, od280/od315_of_diluted_wines, city (4 texts), when (a date), bar",
        "w.csv: 178 filas, punto y coma, coma decimal, con cabecera; objetivo target: 3 clases; características "
        + "alcalinity_of_ash, nonflavanoid_phenols, od280/od315_of_diluted_wines, city (4 textos), when (fecha), bar")]
    [InlineData("x.csv: 60 rows, ':', no header; target y: numbers (decimal comma); features a (decimal comma, %), b; "
        + "not used: c (empty), the_number_of_the_patient_in_the_hospital_and_in_all_its_files (all different)",
        "x.csv: 60 filas, ':', sin cabecera; objetivo y: números (coma decimal); características a (coma decimal, %), "
        + "b; sin usar: c (vacía), the_number_of_the_patient_in_the_hospital_and_in_all_its_files (todos distintos)")]
    [InlineData("note: when holds dates: the days since 2020-01-01 are learned from.",
        "nota: when contiene fechas: se aprende de los días desde 2020-01-01.")]
    [InlineData("note: 36 missing values of a become the mean, 69.28.",
        "nota: 36 valores que faltan de a pasan a ser la media, 69.28.")]
    public void What_was_guessed_of_a_table_is_told(string english, string spanish) =>
        Assert.All([SpanishText.Line(english), SpanishText.Of(english)], told => Assert.Equal(spanish, told));

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

    static IEnumerable<string> Words(string text) => Word().Matches(text).Select(word => word.Value);

    static HashSet<string> Holes(string text) =>
        [.. Hole().Matches(text.Replace("!}", "}", StringComparison.Ordinal)).Select(match => match.Value)];

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

    [GeneratedRegex(@"\{\d+!?\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"(^|[.?] )X\d+\.(?: |$)")]
    private static partial Regex Alone();

    [GeneratedRegex(@"(?<![\w.-])\p{Ll}{3,}(?![\w(=])")]
    private static partial Regex Word();

    // What is typed or called is the same in both languages.
    [GeneratedRegex(@"'[^']*'|`[^`]*`|--?[\w-]+(?: [A-Za-z]\w*)?|\w+\([^()]*\)|\w*[/._]\w+")]
    private static partial Regex Named();

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
