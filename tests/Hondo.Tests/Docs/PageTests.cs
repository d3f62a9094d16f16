using System.Text.RegularExpressions;

namespace Hondo.Tests.Docs;

public sealed partial class PageTests
{
    public static TheoryData<string> Pages => [.. Page.All.Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Code_on_a_page_is_a_region_of_a_program_that_runs(string path) =>
        Assert.Empty(new Page(path, Page.Read(path)!).WrongSnippets(Page.Read));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_of_a_page_lead_somewhere(string path) =>
        Assert.Empty(new Page(path, Page.Read(path)!).DeadLinks());

    // Their names follow the English pages', but for these.
    static string SpanishOf(string page) => page switch
    {
        "docs/map.md" => "docs/es/mapa.md",
        "docs/options.md" => "docs/es/opciones.md",
        "docs/decisions/README.md" => "docs/es/decisiones.md",
        _ => page.Replace("docs/", "docs/es/", StringComparison.Ordinal),
    };

    public static TheoryData<string> Guides => [.. Page.All.Select(page => page.Path)
        .Where(path => path.StartsWith("docs/", StringComparison.Ordinal) && !path.StartsWith("docs/es/",
            StringComparison.Ordinal) && !path.StartsWith("docs/decisions/0", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Guides))]
    public void A_page_has_the_same_sections_and_programs_in_Spanish(string path)
    {
        string english = Page.Read(path)!, spanish = Page.Read(SpanishOf(path)) ?? "";
        Assert.Equal(Skeleton(english), Skeleton(spanish));
        Assert.DoesNotMatch(Formal(), spanish);
    }

    // Levels of headings, and which programs are shown under them.
    static string[] Skeleton(string text) => [.. Outline().Matches(text).Select(line => line.Value.Trim())
        .Where(line => line.Length > 0)];

    [GeneratedRegex(@"^(?:#+(?= )|```.*)", RegexOptions.Multiline)]
    private static partial Regex Outline();

    [GeneratedRegex(@"\b(?:usted|ustedes|elija|pruebe|revise|corrija|instale|póngal[oa]s?|ábral[oa]s?|hágal[oa]s?)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Formal();

    [Theory]
    [InlineData("```csharp a.cs#one\nint x = 1;\nint y = 2;\n```\n", null)]
    [InlineData("```csharp a.cs#one\nint x = 2;\nint y = 2;\n```\n", "differs from a.cs#one")]
    [InlineData("```csharp a.cs#one\nint x = 1;\n```\n", "differs from a.cs#one")]
    [InlineData("```csharp a.cs#two\nint x = 1;\n```\n", "has no region '// snippet: two'")]
    [InlineData("```csharp b.cs#one\nint x = 1;\n```\n", "b.cs does not exist")]
    [InlineData("```csharp\nint x = 1;\n```\n", "must say which region")]
    public void Code_that_no_program_holds_is_found(string block, string? problem)
    {
        const string program = "{\n    // snippet: one\n    int x = 1;\n    int y = 2;\n    // end\n}\n";
        var page = new Page("docs/p.md", "Before.\n\n" + block);
        string found = string.Join('\n', page.WrongSnippets(file => file == "a.cs" ? program : null));
        if (problem is null)
            Assert.Empty(found);
        else
        {
            Assert.StartsWith("docs/p.md:3: ", found, StringComparison.Ordinal);
            Assert.Contains(problem, found, StringComparison.Ordinal);
        }
    }
}
