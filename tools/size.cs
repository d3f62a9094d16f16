#:property PublishAot=false
#:property RestorePackagesWithLockFile=false

// Says which C# files are too large to be read in one go:
//   dotnet run tools/size.cs [FOLDER]
// A file has at most 200 lines, a method 40, a line 120 columns; in Kernels a file 400 and a method 50, for the rows of
// a tile are written out there: registers cannot be indexed. Exit code 1 and a list when one has more.
using System.Text.RegularExpressions;
const int FileLines = 200, KernelFileLines = 400, MethodLines = 40, KernelMethodLines = 50, Columns = 120;
string root = args.Length > 0 ? args[0] : ".";
List<string> problems = [];
int files = 0;
foreach (string folder in new[] { "src", "tests", "benchmarks", "examples", "tools" })
    foreach (string path in FilesIn(Path.Combine(root, folder)).Order(StringComparer.Ordinal))
    {
        files++;
        Measure(Path.GetRelativePath(root, path).Replace('\\', '/'), File.ReadAllText(path).ReplaceLineEndings("\n"));
    }
foreach (string problem in problems)
    Console.WriteLine(problem);
Console.WriteLine($"{files} files, {problems.Count} too large");
House.Report(FilesIn(Path.Combine(root, "src/Hondo")), FilesIn(Path.Combine(root, "src")), Path.Combine(root, "src"));
return problems.Count == 0 ? 0 : 1;

static IEnumerable<string> FilesIn(string folder) => !Directory.Exists(folder) ? [] :
    Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Replace('\\', '/').Split('/').Any(part => part is "obj" or "bin"));

void Measure(string path, string source)
{
    string[] lines = source.TrimEnd('\n').Split('\n');
    bool isKernel = path.Contains("/Kernels/", StringComparison.Ordinal);
    int most = isKernel ? KernelFileLines : FileLines, mostOfMethod = isKernel ? KernelMethodLines : MethodLines;
    if (lines.Length > most)
        problems.Add($"{path}: {lines.Length} lines, at most {most}");
    for (int i = 0; i < lines.Length; i++)
        if (lines[i].Length > Columns)
            problems.Add($"{path}:{i + 1}: {lines[i].Length} columns, at most {Columns}");
    foreach (var (line, length, name) in Code.Members(Code.Blank(source)))
        if (length > mostOfMethod)
            problems.Add($"{path}:{line}: {name} has {length} lines, at most {mostOfMethod}");
}

/// <summary>Just enough of C#'s grammar to find where members begin and end.</summary>
static partial class Code
{
    /// <summary>
    /// The source with spaces in place of comments, texts and characters, so that every bracket counts.
    /// </summary>
    public static string Blank(string source)
    {
        char[] blank = source.ToCharArray();
        for (int i = 0; i < source.Length; i++)
        {
            int end = EndOfQuiet(source, i);
            for (; i < end; i++)
                if (blank[i] != '\n')
                    blank[i] = ' ';
            if (end > 0)
                i--;
        }
        return new(blank);
    }

    /// <summary>Methods, properties and the like that have a body: first line, number of lines and name.</summary>
    public static IEnumerable<(int Line, int Length, string Name)> Members(string code)
    {
        Stack<bool> isType = new([true]);
        int start = 0, member = -1, parentheses = 0;
        for (int i = 0; i < code.Length; i++)
        {
            char c = code[i];
            parentheses += c is '(' or '[' ? 1 : c is ')' or ']' ? -1 : 0;
            if (parentheses > 0 || c is not ('{' or '}' or ';'))
                continue;
            bool wasType = isType.Peek();
            if (c == '{')
            {
                isType.Push(wasType && TypeHeader().IsMatch(code[start..i]));
                if (wasType && !isType.Peek())
                    member = start;
            }
            else if (c == '}')
                isType.Pop();
            bool ends = isType.Peek() && (c == ';' || (c == '}' && !wasType));
            if (ends && Describe(code, c == '}' ? member : start, i) is { Length: > 0 } found)
                yield return found;
            if (isType.Peek())
                start = i + 1;
        }
    }

    // An initializer, such as a catalog's list of lines, is data and may be long.
    static (int Line, int Length, string Name) Describe(string code, int start, int end)
    {
        start = AfterAttributes(code, start, end);
        Match name = MemberName().Match(code[start..(end + 1)]);
        return name.Success
            ? (1 + Lines(code.AsSpan(0, start)), 1 + Lines(code.AsSpan(start, end - start)), name.Groups[1].Value)
            : default;
    }

    static int Lines(ReadOnlySpan<char> code) => code.Count('\n');

    static int AfterAttributes(string code, int i, int end)
    {
        for (int depth = 0; i < end && (depth > 0 || code[i] == '[' || char.IsWhiteSpace(code[i])); i++)
            depth += code[i] == '[' ? 1 : code[i] == ']' ? -1 : 0;
        return i;
    }

    /// <summary>Where the comment, text or character that starts here ends; 0 when none starts here.</summary>
    static int EndOfQuiet(string source, int i)
    {
        ReadOnlySpan<char> rest = source.AsSpan(i);
        if (rest.StartsWith("//"))
            return After(source, "\n", i) - 1;
        if (rest.StartsWith("/*"))
            return After(source, "*/", i + 2);
        if (rest[0] == '\'')
            return After(source, "'", rest[1] == '\\' ? i + 3 : i + 2);
        Match quote = Quote().Match(source, i);
        if (!quote.Success)
            return 0;
        string marks = quote.Groups[2].Value;
        if (marks.Length >= 3)
            return After(source, marks, i + quote.Length);
        bool isVerbatim = quote.Groups[1].Value.Contains('@'), hasHoles = quote.Groups[1].Value.Contains('$');
        return marks.Length == 2 && !isVerbatim
            ? i + quote.Length
            : EndOfText(source, i + quote.Groups[1].Length + 1, isVerbatim, hasHoles);
    }

    static int EndOfText(string source, int i, bool isVerbatim, bool hasHoles)
    {
        for (; i < source.Length && source[i] != '"' || (isVerbatim && source.AsSpan(i).StartsWith("\"\"")); i++)
            if (source[i] == '\\' && !isVerbatim || source[i] == '"' || source.AsSpan(i) is ['{', '{', ..])
                i++;
            else if (source[i] == '{' && hasHoles)
                i = EndOfHole(source, i + 1);
        return i + 1;
    }

    static int EndOfHole(string source, int i)
    {
        for (int depth = 1; i < source.Length; i++)
        {
            if (EndOfQuiet(source, i) is > 0 and var end)
                i = end - 1;
            else if ((depth += source[i] is '{' ? 1 : source[i] is '}' ? -1 : 0) == 0)
                break;
        }
        return i;
    }

    static int After(string source, string mark, int from) =>
        source.IndexOf(mark, from, StringComparison.Ordinal) is >= 0 and var found
            ? found + mark.Length
            : source.Length;

    [GeneratedRegex("""\b(class|struct|interface|enum|record|namespace)\s+\w|\bextension\s*[(<]""")]
    private static partial Regex TypeHeader();

    // A name, its type parameters and its parameters or body, with no '=' of an initializer before.
    [GeneratedRegex("""^(?!using\b)[\w(][^=;{(]*?(\w+)\s*(?:<[^(={]*>)?\s*(?:[({]|=>|\[.*=>)""")]
    private static partial Regex MemberName();

    [GeneratedRegex("""\G([$@]*)("+)""")]
    private static partial Regex Quote();
}

/// <summary>How the house is built.</summary>
static partial class House
{
    /// <summary>Prints figures of the library, and how often all projects ask for the kind of data.</summary>
    public static void Report(IEnumerable<string> library, IEnumerable<string> everything, string sources)
    {
        (bool IsKernel, string Source, int Lines)[] files = [.. library.Select(path =>
            (path.Contains("Kernels"), File.ReadAllText(path), CodeLines(path)))];
        int[] lines = [.. files.Select(file => file.Lines).Order()];
        int types = files.SelectMany(f => PublicType().Matches(f.Source)).DistinctBy(m => m.Groups[1].Value).Count();
        int aliases = Directory.GetFiles(sources, "Hondo*.props", SearchOption.AllDirectories)
            .Sum(path => File.ReadAllText(path).Split(" Alias=").Length - 1);
        int[] asking = [.. everything.Select(path => KindTest().Count(File.ReadAllText(path))).Where(n => n > 0)];
        int kernels = files.Where(file => file.IsKernel).Sum(file => file.Lines), small = lines.Count(n => n < 15);
        Console.WriteLine($"src/Hondo: {lines.Length} files, median {lines[lines.Length / 2]} lines, {small} under 15");
        Console.WriteLine($"code lines: Kernels {kernels}, the rest {lines.Sum() - kernels}; public types: {types}; "
            + $"aliases: {aliases}; tests for the kind of data: {asking.Sum()} in {asking.Length} files");
    }

    static int CodeLines(string path) =>
        File.ReadLines(path).Count(line => line.Trim() is { Length: > 0 } code && !code.StartsWith("//"));

    [GeneratedRegex(@"^(?: {4})?public (?:[a-z]+ )*(?:class|struct|interface|enum|record|delegate) (\w+)",
        RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"\b(?:is|as|not) \(?(?:\w+Targets|(?:Byte|Float|Token)Features)\b|\(\w+Targets\)")]
    private static partial Regex KindTest();
}
