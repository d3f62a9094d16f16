using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Hondo.Cli.Localization;

/// <summary>
/// What the program says, in Spanish: the texts of <c>es.txt</c>. A text with {0}, {1} … is a pattern: what stands
/// there in the English text (numbers, names) is taken over as it is.
/// </summary>
static partial class SpanishText
{
    static readonly Lazy<Dictionary<string, string>> Texts = new(Read);
    static readonly Lazy<(Regex English, string Spanish)[]> Patterns = new(() =>
        [.. Texts.Value.Where(text => Hole().IsMatch(text.Key)).OrderByDescending(text => text.Key.Length)
            .Select(text => (Pattern(text.Key), text.Value))]);

    /// <summary>A text, a message of several sentences, or null when a part of it has no translation.</summary>
    public static string? Of(string english) => Whole(english) ?? Sentences(english);

    /// <summary>A text as far as it is known, sentence by sentence.</summary>
    public static string OrEnglish(string english)
    {
        // What follows on further lines is a text of the user's with a mark below it.
        int end = english.IndexOf('\n', StringComparison.Ordinal);
        if (end >= 0)
            return OrEnglish(english[..end]) + english[end..];
        return Of(english) ?? string.Join(' ', Split(english).Select(sentence => Whole(sentence) ?? sentence));
    }

    /// <summary>Gives all commands, options and arguments Spanish descriptions.</summary>
    public static void Translate(Command command)
    {
        command.Description = OrEnglish(command.Description ?? "");
        foreach (Option option in command.Options)
            option.Description = OrEnglish(option.Description ?? "");
        foreach (Argument argument in command.Arguments)
            argument.Description = OrEnglish(argument.Description ?? "");
        foreach (Command inner in command.Subcommands)
            Translate(inner);
    }

    /// <summary>The headings of a help page.</summary>
    public static string Help(string page) => Heading().Replace(page, match => match.Value switch
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

    static string? Whole(string english)
    {
        if (english.Length == 0)
            return "";
        if (Texts.Value.TryGetValue(english, out string? known))
            return known;
        foreach ((Regex pattern, string spanish) in Patterns.Value)
            if (pattern.Match(english) is { Success: true } match)
                return Hole().Replace(spanish, hole => match.Groups[$"h{hole.Groups[1].Value}"].Value);
        return null;
    }

    static string? Sentences(string english)
    {
        string?[] parts = [.. Split(english).Select(Whole)];
        return parts.Length > 1 && parts.All(part => part is not null) ? string.Join(' ', parts) : null;
    }

    static string[] Split(string english) => Boundary().Split(english);

    // What stands in a hole does not reach over the end of a sentence.
    static Regex Pattern(string english) => new("^" + Hole().Replace(Regex.Escape(english)
        .Replace(@"\{", "{", StringComparison.Ordinal),
        hole => $"(?<h{hole.Groups[1].Value}>(?:(?!\\. ['A-Z]).)+?)") + "$",
        RegexOptions.CultureInvariant | RegexOptions.Singleline);

    static Dictionary<string, string> Read()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("es.txt")!;
        using var reader = new StreamReader(stream);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        string? english = null;
        while (reader.ReadLine() is { } line)
            if (line.StartsWith("= ", StringComparison.Ordinal))
                english = line[2..];
            else if (english is not null && line.Length > 0)
                (texts[english], english) = (line, null);
        return texts;
    }

    [GeneratedRegex(@"\{(\d)\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"(?<=[.:?]) (?=['A-Z])")]
    private static partial Regex Boundary();

    [GeneratedRegex(@"^(Description|Usage|Arguments|Options|Commands):|\[command\]|\[options\]|\[default: ",
        RegexOptions.Multiline)]
    private static partial Regex Heading();
}
