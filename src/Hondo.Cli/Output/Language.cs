using System.CommandLine;

namespace Hondo.Cli.Output;

/// <summary>The language that a person reads: the option, else HONDO_LANG, else the system's.</summary>
static class Language
{
    static readonly string[] Variables = ["HONDO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];
    static readonly AsyncLocal<string?> Chosen = new();

    /// <summary>The option of the command line: what it says goes before everything else.</summary>
    public const string Option = "--lang";

    /// <summary>The option itself.</summary>
    public static Option<string> Asked()
    {
        var option = new Option<string>(Option)
        {
            Description = "es or en: the language of help, messages and pages; the system's when left out",
            Recursive = true,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !Known.Any(known => token.Value.StartsWith(known,
                StringComparison.OrdinalIgnoreCase)))
                result.AddError($"{Option} is es or en, but got '{token.Value}'");
        });
        return option;
    }

    static readonly string[] Known = ["es", "en"];

    /// <summary>True when the command line says the language itself.</summary>
    public static bool IsChosen => Chosen.Value is not null;

    /// <summary>Reads the option from a command line, before it is parsed: its errors are told in that language, too.
    /// With <c>--json</c> everything stays English, for programs.</summary>
    public static void Choose(IReadOnlyList<string> args)
    {
        int place = args.ToList().FindIndex(word =>
            word == Option || word.StartsWith(Option + "=", StringComparison.Ordinal));
        Chosen.Value = args.Contains("--json") ? "en"
            : place < 0 ? null
            : args[place] == Option ? args.ElementAtOrDefault(place + 1)
            : args[place][(Option.Length + 1)..];
    }

    /// <summary>True for Spanish; English is for everybody else.</summary>
    public static bool IsSpanish(string? option) => (option ?? Chosen.Value ?? Variables
        .Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value)))
        ?.StartsWith("es", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>What a person at a terminal reads; what is piped stays English, for programs.</summary>
    public static string Say(string english, string spanish) => IsSpanish(null) ? spanish : english;
}
