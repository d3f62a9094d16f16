using System.CommandLine;
using System.Text.RegularExpressions;

namespace Hondo.Cli.Localization;

/// <summary>The help pages in Spanish.</summary>
static partial class SpanishHelp
{
    /// <summary>Gives all commands, options and arguments Spanish descriptions.</summary>
    public static void Translate(Command command)
    {
        command.Description = SpanishText.OrEnglish(command.Description ?? "");
        foreach (Option option in command.Options)
            option.Description = SpanishText.OrEnglish(option.Description ?? "");
        foreach (Argument argument in command.Arguments)
            argument.Description = SpanishText.OrEnglish(argument.Description ?? "");
        foreach (Command inner in command.Subcommands)
            Translate(inner);
    }

    /// <summary>The headings of a help page.</summary>
    public static string Of(string page) => Heading().Replace(page, match => match.Value switch
    {
        "Description:" => "Descripción:",
        "Usage:" => "Uso:",
        "Arguments:" => "Argumentos:",
        "Options:" => "Opciones:",
        "Commands:" => "Órdenes:",
        "[command]" => "[orden]",
        "[options]" => "[opciones]",
        "[default: " => "[por defecto: ",
        _ => match.Value,
    });

    [GeneratedRegex(@"^(Description|Usage|Arguments|Options|Commands):|\[command\]|\[options\]|\[default: ",
        RegexOptions.Multiline)]
    private static partial Regex Heading();
}
