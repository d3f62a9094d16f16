namespace Hondo.Cli.Output;

/// <summary>The language that a person reads: the option, else HONDO_LANG, else the system's.</summary>
static class Language
{
    static readonly string[] Variables = ["HONDO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];

    /// <summary>True for Spanish; English is for everybody else.</summary>
    public static bool IsSpanish(string? option) => (option ?? Variables
        .Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value)))
        ?.StartsWith("es", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>What a person at a terminal reads; what is piped stays English, for programs.</summary>
    public static string Say(string english, string spanish) => IsSpanish(null) ? spanish : english;
}
