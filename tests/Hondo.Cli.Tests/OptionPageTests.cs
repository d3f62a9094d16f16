using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;

namespace Hondo.Cli.Tests;

/// <summary>
/// The pages of all options say what the program says, in both languages, and no page names an option that is none.
/// To write them anew: <c>HONDO_WRITE_PAGES=1 dotnet test tests/Hondo.Cli.Tests --filter OptionPage</c>
/// </summary>
public sealed partial class OptionPageTests
{
    // What the pages tell of dotnet, TensorBoard and Hondo's own tools.
    static readonly string[] Foreign =
        ["--help", "--version", "--filter", "--logdir", "--project", "--counters", "--attackers-on"];

    static readonly string Home = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(Source())))!;

    static readonly Command Root = CommandLine.Root(new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null));

    [Theory]
    [InlineData("docs/options.md", "# All options", "What `--help` says of each verb; [the command line](cli.md) "
        + "explains the verbs.", "| option | what it does |")]
    [InlineData("docs/es/opciones.md", "# Todas las opciones", "Lo que dice `--help --lang es` de cada verbo; "
        + "[la línea de órdenes](cli.md) los explica.", "| opción | qué hace |")]
    public void The_page_of_all_options_is_what_the_program_says(string path, params string[] head)
    {
        bool isSpanish = path.StartsWith("docs/es", StringComparison.Ordinal);
        var page = new StringBuilder($"{head[0]}\n\n{head[1]}\n");
        Append(page, Root, "hondo", head[2], text => isSpanish ? SpanishText.Of(text) ?? text : text);
        string file = Path.Combine(Home, path);
        if (Environment.GetEnvironmentVariable("HONDO_WRITE_PAGES") == "1")
            File.WriteAllText(file, page.ToString());
        Assert.True(File.ReadAllText(file).ReplaceLineEndings("\n") == page.ToString(),
            $"{path} differs from the program. Write it anew: HONDO_WRITE_PAGES=1 dotnet test tests/Hondo.Cli.Tests "
                + "--filter OptionPage");
    }

    [Fact]
    public void Pages_name_no_option_that_is_none()
    {
        HashSet<string> known = [.. Foreign, .. Names(Root)];
        Assert.True(known.Count > 90, $"{known.Count}");
        Assert.Equal([], Directory.EnumerateFiles(Path.Combine(Home, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(Home, "README.md")).Where(file => !file.Contains("decisions"))
            .SelectMany(file => Option().Matches(File.ReadAllText(file)).Select(match => match.Value)
                .Where(name => !known.Contains(name)).Select(name => $"{Path.GetRelativePath(Home, file)}: {name}")));
    }

    static IEnumerable<string> Names(Command command) =>
        [.. command.Options.Select(option => option.Name), .. command.Subcommands.SelectMany(Names)];

    static void Append(StringBuilder page, Command command, string path, string head, Func<string, string> say)
    {
        Option[] options = [.. command.Options.Where(option => !option.Hidden && !Foreign.Contains(option.Name))];
        if (options.Length > 0)
        {
            page.Append($"\n## {path}\n\n{say(command.Description ?? "")}\n\n{head}\n|---|---|\n");
            foreach (Option option in options)
                page.Append($"| `{Cell(option.HelpName is { } name ? $"{option.Name} {name}" : option.Name)}` | "
                    + $"{Cell(say(option.Description ?? ""))} |\n");
        }
        foreach (Command verb in command.Subcommands.Where(verb => !verb.Hidden))
            Append(page, verb, $"{path} {verb.Name}", head, say);
    }

    static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    static string Source([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z0-9-]+")]
    private static partial Regex Option();
}
