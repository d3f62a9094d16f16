using System.CommandLine;
using Hondo.Training;

namespace Hondo.Cli;

/// <summary>An option that acts while a training runs.</summary>
/// <param name="Option">The option.</param>
/// <param name="Make">The callback that does it, by the command line and the number that the best epoch is chosen by;
/// null of one that another option's callback reads.</param>
sealed record ActingOption(Option Option, Func<ParseResult, string?, Callback?> Make)
{
    /// <summary>What was given of it; null when it was not.</summary>
    public GivenOption? Given(ParseResult parsed) =>
        parsed.GetResult(Option) is not { Implicit: false } result ? null
            : new(Option.Name.TrimStart('-'), result.Tokens is [var word] ? word.Value : "true",
                monitor => Make(parsed, monitor));
}

/// <summary>An option as it was given.</summary>
/// <param name="Name">Its name in config.json.</param>
/// <param name="Value">Its text.</param>
/// <param name="Make">The callback that does it, or null.</param>
sealed record GivenOption(string Name, string Value, Func<string?, Callback?> Make);
