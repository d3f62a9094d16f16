using System.CommandLine;
using System.Text.RegularExpressions;

namespace Hondo.Cli.Tests;

/// <summary>What the program says in Spanish: every help text, and errors with the same numbers and names.</summary>
public sealed partial class SpanishTests : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Every_help_text_has_a_translation()
    {
        Command root = CommandLine.Root(new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null));
        string[] texts = [.. Descriptions(root).Where(text => text.Length > 0).Distinct()];
        Assert.True(texts.Length > 150);
        string[] missing = [.. texts.Where(text => SpanishText.Of(text) is null)];
        Assert.True(missing.Length == 0, "Localization/es/cli.txt lacks\n" + string.Join('\n', missing));
    }

    [Fact]
    public void Help_is_Spanish_in_all_its_words()
    {
        Answer answer = _shell.Run("train", "--help", "--lang", "es");
        Assert.Equal(0, answer.Code);
        Assert.Contains("Uso:\n  hondo train [<DATA>] [opciones]", answer.Out, StringComparison.Ordinal);
        Assert.Contains("muestras por paso", answer.Out, StringComparison.Ordinal);
        Assert.DoesNotMatch(English(), answer.Out);
    }

    [Theory]
    [InlineData("hondo train: no existe la opción '--epoch'. ¿Querías decir '--epochs'?", "train", "iris", "--epoch")]
    [InlineData("--epochs es un número entero desde 1, pero se dio 'x'", "train", "iris", "--epochs", "x")]
    [InlineData("nope: no hay ningún conjunto de datos con este nombre. Se conocen digits", "train", "nope")]
    [InlineData("No hay ninguna pérdida 'MSE'. Se conocen", "train", "iris", "--loss", "MSE")]
    [InlineData("x: no existe esa carpeta de entrenamiento", "eval", "x", "iris")]
    [InlineData("99: el curso no tiene esa lección. Tiene de la 1 a la", "course", "open", "99")]
    [InlineData("Falta un ')' al final de los argumentos de Linear, que empiezan aquí.\n  Linear(3", "info",
        "Linear(3")]
    [InlineData("lenet5 recibe imágenes [alto, ancho, canales], pero una muestra es [4]", "train", "iris", "--model",
        "lenet5")]
    public void Errors_are_told_in_Spanish(string expected, params string[] args)
    {
        Answer answer = _shell.Run([.. args, "--lang", "es"]);
        Assert.NotEqual(0, answer.Code);
        Assert.Contains(expected, answer.Error, StringComparison.Ordinal);
        Assert.DoesNotMatch(English(), answer.Error);
        Assert.DoesNotContain("es", _shell.Run([.. args, "--json", "--lang", "es"]).Error.Split(' '));
    }

    [Fact]
    public void A_training_is_told_in_Spanish_when_Spanish_is_asked_for()
    {
        string run = _shell.Path("run");
        Answer answer = _shell.Run("train", "iris", "--epochs", "1", "--run", run, "--lang", "es");
        Assert.Equal(0, answer.Code);
        Assert.Contains($"El modelo está en {run}", answer.Out, StringComparison.Ordinal);
        Assert.Contains("Míralo con: hondo info", answer.Out, StringComparison.Ordinal);
        Assert.Contains("1 época en ", answer.Out, StringComparison.Ordinal);
        Assert.DoesNotMatch(English(), string.Join('\n', answer.Out.Split('\n').TakeLast(3)));
    }

    [Fact]
    public void Patterns_take_over_numbers_and_names() => Assert.Equal(
        "x.csv, línea 3: la fila tiene 1 campo, pero la primera tiene 2. Da a todas las filas los mismos campos, y "
            + "pon entre comillas los textos que contengan ','.",
        SpanishText.Of("x.csv, line 3: the row has 1 field, but the first has 2. Give every row as many fields, and "
            + "quote texts that contain ','."));

    [Fact]
    public void What_is_not_known_stays_as_it_is()
    {
        Assert.Null(SpanishText.Of("Something else."));
        Assert.Equal("Revisa la ruta. Something else.", SpanishText.OrEnglish("Check the path. Something else."));
    }

    static IEnumerable<string> Descriptions(Command command) =>
    [
        command.Description ?? "", .. command.Options.Select(option => option.Description ?? ""),
        .. command.Arguments.Select(argument => argument.Description ?? ""),
        .. command.Subcommands.SelectMany(Descriptions),
    ];

    [GeneratedRegex(@"\b(the|of|and|there|is|which|with)\b")]
    private static partial Regex English();
}
