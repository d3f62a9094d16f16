using System.CommandLine;
using System.CommandLine.Parsing;
using Hondo.Data;

namespace Hondo.Cli;

/// <summary>Says in one message what is wrong with a command line, and the nearest right spelling.</summary>
static class Misuse
{
    public static UsageException Of(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string name = NameOf(parsed.CommandResult);
        string help = $"'{name} --help' shows what there is.";
        return new(parsed.UnmatchedTokens is [var word, ..]
            ? $"{name}: {Unknown(word, command)} {help}"
            : $"{name}: {parsed.Errors[0].Message.TrimEnd('.')}. {help}");
    }

    /// <summary>An argument of many words takes an option that does not exist for one of them: null when none did.
    /// </summary>
    public static UsageException? Swallowed(ParseResult parsed)
    {
        string? word = parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash) ? null
            : parsed.CommandResult.Children.OfType<ArgumentResult>()
                .Where(argument => argument.Argument.Arity.MaximumNumberOfValues > 1)
                .SelectMany(argument => argument.Tokens).Select(token => token.Value)
                .FirstOrDefault(value => value.StartsWith("--", StringComparison.Ordinal));
        string name = NameOf(parsed.CommandResult);
        string help = $"'{name} --help' shows what there is.";
        return word is null ? null : new($"{name}: {Unknown(word, parsed.CommandResult.Command)} {help}");
    }

    /// <summary>A file or folder whose name is empty, as an unset variable of a shell makes it: null when none is.
    /// </summary>
    public static UsageException? Nameless(ParseResult parsed)
    {
        string name = NameOf(parsed.CommandResult);
        string? what = parsed.CommandResult.Children.OfType<OptionResult>()
            .Where(option => option.Option.HelpName is { } help && Places.Any(place => help.StartsWith(place,
                StringComparison.Ordinal)) && option.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
            .Select(option => option.Option.Name).FirstOrDefault()
            ?? parsed.CommandResult.Children.OfType<ArgumentResult>()
            .Where(argument => argument.Argument.Name is "DATA" or "MODEL" or "RUN" or "FILE" or "FOLDER"
                && argument.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
            .Select(argument => argument.Argument.Name).FirstOrDefault();
        return what is null ? null
            : new($"{name}: {what} is empty: it names a file or folder. '{name} --help' shows what there is.");
    }

    static readonly string[] Places = ["FILE", "FOLDER", "RUN", "MODEL"];

    static string Unknown(string word, Command command)
    {
        bool isOption = word.StartsWith('-');
        string what = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "further argument";
        IEnumerable<string> known = isOption
            ? command.Options.Select(option => option.Name).Append("--debug")
            : command.Subcommands.Select(inner => inner.Name);
        return $"there is no {what} '{word}'."
            + (Spelling.Nearest(word, known) is { } near ? $" Did you mean '{near}'?" : "");
    }

    static string NameOf(CommandResult result) => result.Parent is CommandResult outer
        ? $"{NameOf(outer)} {result.Command.Name}"
        : result.Command.Name;
}
