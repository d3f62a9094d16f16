namespace Hondo.Cli.Tests;

/// <summary>One short training on a text, for all tests that need a model of text.</summary>
public sealed class TextRun : IDisposable
{
    readonly Shell _shell = new();

    public TextRun()
    {
        (Text, Folder) = (_shell.Path("text.txt"), _shell.Path("run"));
        File.WriteAllText(Text, string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"El ñandú número {i} corre por la pampa; ¿quién lo alcanza?\n")));
        Trained = _shell.Run("train", Text, "--model", "char-lstm(hidden: 24, layers: 2)", "--epochs", "3", "--window",
            "20", "--batch", "4", "--optimizer", "Adam(learningRate: 0.01)", "--json", "--quiet", "--run", Folder);
    }

    public string Text { get; }

    public string Folder { get; }

    internal Answer Trained { get; }

    public void Dispose() => _shell.Dispose();
}
