using System.Net;
using System.Text.RegularExpressions;

namespace Hondo.Cli.Tests;

/// <summary>The report in Spanish: the same page with the same numbers, and no English word of Hondo's.</summary>
public sealed partial class SpanishReportTests : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("iris", "--model", "softmax")]
    [InlineData("digits", "--model", "mlp(hidden: [8])")]
    [InlineData("@", "--target", "y")]
    public void Pages_are_alike_but_for_the_language(string data, string option, string value)
    {
        string csv = _shell.Path("table.csv");
        File.WriteAllText(csv, "x,y\n"
            + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 7},{i % 7 * 2}.5\n")));
        string[] train = ["train", data == "@" ? csv : data, option, value, "--epochs", "2"];
        string english = Page("en", train), spanish = Page("es", train);
        Assert.Contains("<html lang=\"es\">", spanish, StringComparison.Ordinal);
        Assert.Contains("<h2>Diagnóstico</h2>", spanish, StringComparison.Ordinal);
        string[] said = Texts(english), told = Texts(spanish);
        Assert.Equal(said.Length, told.Length);
        Assert.All(said.Zip(told).Where(pair => !Time().IsMatch(pair.First)), pair =>
            Assert.Equal(Numbers(pair.First), Numbers(pair.Second)));
        Assert.DoesNotMatch(English(), Parameter().Replace(string.Join('\n', told), ""));
    }

    string Page(string language, string[] train)
    {
        string run = _shell.Path("run-" + language);
        Assert.Equal(0, _shell.Run([.. train, "--run", run, "--lang", language]).Code);
        string page = File.ReadAllText(Path.Combine(run, "report.html"));
        // Options and environment are the user's and the machine's.
        return page[..page.IndexOf(language == "es" ? "<h2>Opciones" : "<h2>Options", StringComparison.Ordinal)];
    }

    static string[] Texts(string page) => [.. Text().Matches(Style().Replace(page, ""))
        .Select(text => WebUtility.HtmlDecode(text.Value).Trim()).Where(text => text.Length > 0).Skip(2)];

    static IEnumerable<string> Numbers(string text) =>
        Number().Matches(text).Select(number => number.Value.Trim('.', ',')).Order(StringComparer.Ordinal);

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("(?<=>)[^<>]+(?=<)")]
    private static partial Regex Text();

    [GeneratedRegex(@"\b\d+\.(?:weight|bias)\w*")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\d s\b")]
    private static partial Regex Time();

    [GeneratedRegex(@"\d[\d.,]*")]
    private static partial Regex Number();

    [GeneratedRegex(@"\b(?:the|of|and|there|is|which|with|loss|accuracy|epoch|layer|samples|row|true|predicted|steps?|"
        + @"weights?|gradients?|output|parameters|after|recall|feature|confusion)\b", RegexOptions.IgnoreCase)]
    private static partial Regex English();
}
