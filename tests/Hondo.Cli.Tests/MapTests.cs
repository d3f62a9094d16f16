using System.CommandLine.Parsing;
using System.Globalization;
using System.Reflection;

namespace Hondo.Cli.Tests;

/// <summary>The map of the course says nothing that is not there: lessons, commands, names in C# and tests.</summary>
public sealed class MapTests
{
    static readonly string Root = Folder();
    static readonly Type[] Types = [.. Directory.GetFiles(AppContext.BaseDirectory, "Hondo*.dll")
        .Where(file => !file.EndsWith("Tests.dll", StringComparison.Ordinal))
        .SelectMany(file => Assembly.LoadFrom(file).GetExportedTypes())];

    static readonly string[] Lines = [.. File.ReadLines(Path.Combine(Root, "course", "map.tsv"))
        .Where(row => row is not ("" or ['#', ..]))];

    public static TheoryData<string> Rows => [.. Lines];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_is_whole_and_true(string row)
    {
        string[] cells = [.. row.Split(" | ").Select(cell => cell.Trim())];
        Assert.Equal(8, cells.Length);
        Assert.DoesNotContain("", cells);
        string lesson = int.TryParse(cells[4], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? string.Create(CultureInfo.InvariantCulture, $"lesson-{number:00}-*.cs") : $"{cells[4]}.cs";
        Assert.Single(Directory.GetFiles(Path.Combine(Root, "course", "en"), lesson));
        string[] words = [.. CommandLineParser.SplitCommandLine(cells[5]).Skip(1)];
        var terminal = new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null);
        Assert.Equal([], CommandLine.Root(terminal).Parse(words).Errors.Select(error => error.Message));
        string[] name = cells[6].Split('.');
        Assert.Contains(Types, type => type.Name == name[0]
            && (name.Length == 1 || type.GetMember(name[1]).Length > 0));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(Root, "tests"), $"{cells[7]}.cs", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("docs/map.md", 0)]
    [InlineData("docs/es/mapa.md", 1)]
    public void The_pages_are_made_of_it(string page, int language)
    {
        string text = File.ReadAllText(Path.Combine(Root, page));
        foreach (string row in Lines)
        {
            string[] cells = [.. row.Split(" | ").Select(cell => cell.Trim())];
            Assert.Contains($"\n| {cells[language]} | {cells[2 + language]} | [", text, StringComparison.Ordinal);
            Assert.Contains($"| `{cells[5]}` | `{cells[6]}` | {cells[7]} |\n", text, StringComparison.Ordinal);
        }
    }

    static string Folder()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Hondo.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
