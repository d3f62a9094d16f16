using System.CommandLine;
using System.Globalization;
using Hondo.Autograd;
using Hondo.Cli.Output;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo plot NAME</c>: a figure of the courses as SVG, computed when it is drawn.</summary>
static class PlotVerb
{
    const string Graph = "graph";

    public static Command Command(Terminal terminal)
    {
        var name = new Argument<string?>("NAME")
        {
            Description = "the figure, activation or optimizers; none lists them with what each takes",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var words = new Argument<string[]>("VALUE")
        {
            Description = "what the figure takes: gelu, range=8; a formula for graph and surface, and x=-2 for its "
                + "variables",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var to = new Option<string>("--to")
        {
            Description = "the file to write; NAME.svg; - for standard output",
            HelpName = "FILE",
        };
        var theme = new Option<ChartTheme>("--theme")
        {
            Description = "system (light or dark as the reader's), light or dark; system",
            HelpName = "THEME",
        };
        var command = new Command("plot", "Draw a figure of the courses as SVG: activations, descents, boundaries …")
        {
            name, words, to, theme,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(name) is null)
                Applicability.Refuse(parsed, "is for a figure, but none is named", to, theme);
            Run(parsed.GetValue(name), parsed.GetValue(words) ?? [], parsed.GetValue(to),
            parsed.GetValue(theme), Language.IsSpanish(null) ? FigureLanguage.Spanish : FigureLanguage.English,
                terminal);
        });
        return command;
    }

    static void Run(string? name, string[] words, string? to, ChartTheme theme, FigureLanguage language,
        Terminal terminal)
    {
        if (name is null)
        {
            foreach (string line in FigureCatalog.All.Signatures.Select(signature => signature.Text)
                .Append($"{Graph}(formula, x=1 …)").Order(StringComparer.Ordinal))
                terminal.Out.WriteLine(line);
            return;
        }
        (string svg, string? text) = name == Graph ? DrawGraph(words, language)
            : (FigureCatalog.All.Parse(CallOf(name, words))(language).ToSvg(), null);
        if (to == "-")
        {
            terminal.Out.Write(svg.In(theme));
            return;
        }
        string path = to ?? $"{name}.svg";
        DurableFile.WriteText(path, svg.In(theme));
        if (text is not null)
            terminal.Out.Write(text);
        terminal.Out.WriteLine(path);
    }

    static (string Svg, string Text) DrawGraph(string[] words, FigureLanguage language)
    {
        if (words.Length == 0)
            throw new UsageException("hondo plot graph: a formula is missing. Write hondo plot graph \"(x + y) * z\" "
                + "x=-2 y=5 z=-4.");
        Formula formula = Formula.Parse(words[0]);
        var at = new Dictionary<string, double>();
        foreach (string word in words[1..])
            if (word.Split('=') is [var variable, var number] && formula.Variables.Contains(variable)
                && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
                at[variable] = value;
            else
                throw new UsageException($"hondo plot graph: '{word}' is no value of a variable of {formula}. Write "
                    + $"{string.Join(" ", formula.Variables.Select(known => $"{known}=1"))}.");
        if (formula.Variables.FirstOrDefault(known => !at.ContainsKey(known)) is { } missing)
            throw new UsageException($"hondo plot graph: the variable {missing} of {formula} has no value. Add "
                + $"{missing}=1.");
        ComputationGraph graph = Figures.Graph(formula, at);
        return (graph.ToSvg(Figures.TitleOf(formula, language)), graph.ToString());
    }

    // gelu range=8 becomes activation(gelu, range: 8): what is neither a word, a number nor a call is in quotes.
    static string CallOf(string name, string[] words) => $"{name}({string.Join(", ", words.Select(word =>
        word.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && word[..at].All(char.IsAsciiLetter)
            ? $"{word[..at]}: {Value(word[(at + 1)..])}" : Value(word)))})";

    static string Value(string word)
    {
        try
        {
            CallText.Parse(word);
            return word;
        }
        catch (CallTextException)
        {
            return CallWriter.Quote(word);
        }
    }
}
