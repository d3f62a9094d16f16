using System.Text.RegularExpressions;

namespace Hondo.Tests.Docs;

/// <summary>
/// A page of the documentation. Its C# and F# blocks name the region that they show, as in <c>```csharp
/// examples/a.cs#name</c>;
/// in that file the region stands between <c>// snippet: name</c> and <c>// end</c>.
/// </summary>
/// <param name="Path">Relative to the repository.</param>
/// <param name="Text">What it says.</param>
sealed partial record Page(string Path, string Text)
{
    public static readonly string Home = FindHome();

    /// <summary>All pages of the project.</summary>
    public static IEnumerable<Page> All =>
        Directory.EnumerateFiles(Home, "*.md")
            .Concat(Directory.EnumerateFiles(System.IO.Path.Combine(Home, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(file => System.IO.Path.GetRelativePath(Home, file).Replace('\\', '/')).Order(StringComparer.Ordinal)
            .Select(path => new Page(path, Read(path)!));

    /// <summary>What is wrong with its C# blocks; nothing when each is the region that it names.</summary>
    /// <param name="read">Gives the text of a file, or null when there is none.</param>
    public IEnumerable<string> WrongSnippets(Func<string, string?> read)
    {
        foreach (Match block in CodeBlock().Matches(Text))
        {
            string source = block.Groups["file"].Value, name = block.Groups["name"].Value;
            string place = $"{Path}:{Text[..block.Index].Count(c => c == '\n') + 1}";
            if (name.Length == 0)
                yield return $"{place}: a code block must say which region it shows: ```csharp examples/some.cs#name";
            else if (read(source) is not { } program)
                yield return $"{place}: {source} does not exist";
            else if (Region(program, name) is not { } region)
                yield return $"{place}: {source} has no region '// snippet: {name}' … '// end'";
            else if (region != block.Groups["code"].Value)
                yield return $"{place}: differs from {source}#{name}, which reads:\n{region}";
        }
    }

    /// <summary>The links to files of the project that do not exist.</summary>
    public IEnumerable<string> DeadLinks()
    {
        string folder = System.IO.Path.GetDirectoryName(Path)!;
        return Link().Matches(CodeBlock().Replace(Text, "")).Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
            .Select(target => System.IO.Path.Combine(Home, folder, target.Split('#')[0]))
            .Where(file => !File.Exists(file) && !Directory.Exists(file));
    }

    /// <summary>The text of a file of the project, or null when there is none.</summary>
    public static string? Read(string path)
    {
        string file = System.IO.Path.Combine(Home, path);
        return File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : null;
    }

    static string? Region(string program, string name)
    {
        string[] lines = program.Split('\n');
        int start = Array.FindIndex(lines, line => line.Trim() == $"// snippet: {name}") + 1;
        int end = start == 0 ? -1 : Array.FindIndex(lines, start, line => line.Trim() == "// end");
        if (end < 0)
            return null;
        string[] region = lines[start..end];
        int indent = region.Where(line => line.Length > 0).Select(line => line.Length - line.TrimStart().Length)
            .DefaultIfEmpty().Min();
        return string.Concat(region.Select(line => (line.Length > 0 ? line[indent..] : "") + "\n"));
    }

    static string FindHome()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Hondo.slnx")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        return folder.FullName;
    }

    [GeneratedRegex(@"^```(csharp|cs|fsharp)\b *(?<file>[^#\s]*)#?(?<name>[^\s]*)[^\n]*\n(?<code>.*?)^```",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
