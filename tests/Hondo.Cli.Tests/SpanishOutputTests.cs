using System.Text;
using System.Text.RegularExpressions;

namespace Hondo.Cli.Tests;

/// <summary>What goes well is told in Spanish, too: no word of the English output is left in the Spanish one that is
/// neither a Spanish word nor a name.</summary>
public sealed partial class SpanishOutputTests : IDisposable
{
    // Of the user: columns, classes, files. Of the field: names in code, of metrics and of methods, and units.
    static readonly HashSet<string> Names = [.. """
        age weight smoker since town visits few many table rows run other mlp softmax svm knn linear batch dev test
        train epochs hondo config data csv best safetensors checkpoints runs info eval squeezenet alexnet
        perceptron panda caviar framework
        """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)];

    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Ordinary_output_is_Spanish_in_all_its_words()
    {
        string table = _shell.Path("table.csv"), rows = _shell.Path("rows.csv"), run = _shell.Path("run");
        File.WriteAllText(table, "age,weight,smoker,since,town,visits\n" + string.Concat(Enumerable.Range(0, 90)
            .Select(i => string.Join(',', 20 + i * 7 % 60, i % 11 == 0 ? "" : $"{55 + i * 13 % 40}.5",
                i % 3 == 0 ? "yes" : "no", $"2021-0{1 + i % 9}-11", i % 3 == 1 ? "Lima" : "Quito",
                i * 7 % 60 > 30 ? "many" : "few") + "\n")));
        File.WriteAllText(rows, "age,weight,smoker,since,town\n30,,yes,2021-03-01,Lima\n44,71.5,no,2021-03-02,Puno\n");
        string[][] lines =
        [
            ["train", table, "--epochs", "3", "--run", run], ["train", table, "--target", "age", "--dry-run"],
            ["train", "iris", "--epochs", "2", "--run", _shell.Path("other")], ["info", run], ["info", "lenet5"],
            ["eval", run, table], ["predict", run, rows], ["predict", run, rows, "--top", "2"],
            ["runs", "list", _shell.Path("")], ["runs", "show", run], ["runs", "compare", run, _shell.Path("other")],
            ["data", "list"], ["models", "list"], ["course", "list"], ["neuron", "perceptron"],
            ["compare", table, "--folds", "3"], ["plot", "activation", "relu", "--to", _shell.Path("x.svg")],
        ];
        HashSet<string> spanish = [.. SpanishText.All.Values.Concat(SpanishFiles.Words.Values).SelectMany(Words)];
        var wrong = new StringBuilder();
        foreach (string[] line in lines)
        {
            Answer english = _shell.Run([.. line, "--lang", "en"]), told = _shell.Run([.. line, "--lang", "es"]);
            HashSet<string> words = [.. Words(english.Out + english.Error)];
            foreach (string text in (told.Out + told.Error).Split('\n'))
                if (Words(text).Where(word => words.Contains(word) && !spanish.Contains(word) && !Names.Contains(word))
                    .ToArray() is { Length: > 0 } left)
                    wrong.AppendLine($"{string.Join(' ', line)}: {string.Join(' ', left)}\n    {text}");
        }
        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    static IEnumerable<string> Words(string text) => Word().Matches(Code().Replace(text, " ")).Select(it => it.Value);

    // Calls, paths, options, texts in quotes, hashes: the same in every language.
    [GeneratedRegex(@"\w+\([^()]*(?:\([^()]*\)[^()]*)*\)|\S*/\S*|--?\w[\w-]*|'[^']*'|\b\w*\d\w*\b|\w+[-_]\S+"
        + @"|\[[^]]*\]")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<![\p{L}.])\p{Ll}{3,}(?!\p{L})")]
    private static partial Regex Word();
}
