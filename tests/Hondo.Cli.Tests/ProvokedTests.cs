using System.Text;
using System.Text.RegularExpressions;

namespace Hondo.Cli.Tests;

/// <summary>More than 200 real errors through the command line: told in Spanish, with the same numbers and names.
/// </summary>
public sealed partial class ProvokedTests : IDisposable
{
    const int Wanted = 200;

    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Errors_are_Spanish_in_all_their_words_with_the_same_numbers()
    {
        Prepare();
        var distinct = new HashSet<string>(StringComparer.Ordinal);
        var wrong = new StringBuilder();
        foreach (string[] line in Lines())
        {
            Answer english = _shell.Run([.. line, "--lang", "en"]), spanish = _shell.Run([.. line, "--lang", "es"]);
            string said = english.Error.TrimEnd(), told = spanish.Error.TrimEnd();
            string command = string.Join(' ', line);
            if (english.Code == 0 || english.Code != spanish.Code || said.Length == 0)
                wrong.AppendLine($"{command}\n  no error: {english.Code} {spanish.Code} {said}");
            else if (!Numbers(said).SequenceEqual(Numbers(told)))
                wrong.AppendLine($"{command}\n  other numbers: {said}\n  {told}");
            else if (English().IsMatch(Quoted().Replace(told, "''")))
                wrong.AppendLine($"{command}\n  English: {told}");
            distinct.Add(Names().Replace(said, "0"));
        }
        Assert.True(wrong.Length == 0, wrong.ToString());
        Assert.True(distinct.Count >= Wanted, $"{distinct.Count} different errors");
    }

    void Prepare()
    {
        Assert.Equal(0, _shell.Run("train", "iris", "--epochs", "1", "--run", _shell.Path("run")).Code);
        foreach (string folder in (string[])["full", "no-pictures", "one-class/a", "bad-picture/a", "bad-picture/b"])
            Directory.CreateDirectory(_shell.Path(folder));
        (string Name, string Text)[] files =
        [
            ("full/x", "x"), ("empty.csv", ""), ("header.csv", "a,b\n"), ("one-column.csv", "a\n1\n2\n3\n"),
            ("ragged.csv", "a,b\n1,2\n3\n"), ("binary.csv", "a,b\n\0\0\0\n"), ("twice.csv", "a,a\n1,2\n2,3\n"),
            ("same.csv", "a,b\n1,x\n2,x\n3,x\n"), ("open-quote.csv", "a,b\n1,\"x\n"),
            ("gap.csv", "a,b\n1,x\n2,\n3,y\n"),
            ("unlike.csv", "a,b\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"{i},name{i}\n"))),
            ("table.csv", "a,b,c\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"x{i % 3},{i}.5,{i * i}\n"))),
            ("empty.txt", ""), ("short.txt", "ab"), ("thing.xyz", "x"), ("bad-picture/a/1.png", "no picture"),
            ("bad-picture/b/1.png", "no picture"), ("damaged.safetensors", "0123456789"), ("empty.safetensors", ""),
            ("json.safetensors", "\u0002\0\0\0\0\0\0\0[]"), ("bad.ipynb", "{}"),
        ];
        foreach ((string name, string text) in files)
            File.WriteAllText(_shell.Path(name), text);
        File.WriteAllBytes(_shell.Path("latin.csv"), [.. "a,b\n1,ni"u8, 0xf1, .. "o\n2,x\n"u8]);
        File.WriteAllBytes(_shell.Path("latin.txt"), [.. "ni"u8, 0xf1, .. "o"u8]);
        File.WriteAllBytes(_shell.Path("one-class/a/1.png"), Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="));
    }

    IEnumerable<string[]> Lines() =>
        from line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "ProvokedErrors.txt"))
        where line.Length > 0 && line[0] != '#'
        select Words().Matches(line.Replace("@", _shell.Path("").TrimEnd('/'), StringComparison.Ordinal))
            .Select(word => word.Value.Trim('"')).ToArray();

    static IEnumerable<string> Numbers(string text) => Number().Matches(text)
        .Select(number => number.Value.Trim('.', ',')).Order(StringComparer.Ordinal);

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Words();

    [GeneratedRegex(@"\d[\d.,]*")]
    private static partial Regex Number();

    [GeneratedRegex("'[^']*'|/\\S+|\\d+")]
    private static partial Regex Names();

    [GeneratedRegex("'[^']*'|\"[^\"]*\"|\\w+\\([^()]*\\)|/\\S+")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b(the|of|and|there|is|are|it|its|this|that|which|with|must|needs?|has|have|give|takes|got|not|"
        + @"cannot|file|folder|known|where|from a|to a|or|but|for|say|name one|choose|write|check)\b")]
    private static partial Regex English();
}
