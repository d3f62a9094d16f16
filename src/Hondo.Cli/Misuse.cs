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
