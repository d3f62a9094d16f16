using System.CommandLine;
using System.Text.Json;
using Hondo.Data;
using Hondo.Serialization;

namespace Hondo.Cli;

/// <summary>The options that say how a table is read; each changes a guess.</summary>
sealed class TableOptions
{
    readonly Option<string> _target = Text("--target", "COLUMN[,COLUMN]",
        "the column of a table to predict, by name or number; several columns of numbers with commas; the last");

    readonly Option<string> _task = Text("--task", "classes|numbers|KIND",
        "what the target is; other kinds come with a --plugin");

    readonly Option<string> _header = OneOf("--header", "yes|no", "whether the first row names the columns", "yes",
        "no");

    readonly Option<string> _separator = Text("--separator", "C", "what stands between fields: , ; | tab or space");

    readonly Option<string> _decimal = OneOf("--decimal", ".|,",
        "what begins decimals in a column that can be read both ways", ".", ",");

    readonly Option<string[]> _missing = new("--missing")
    {
        Description = "the texts that mean a missing value, instead of the usual ones (?, NA among numbers, …)",
        HelpName = "TEXT…",
        AllowMultipleArgumentsPerToken = true,
    };

    readonly Option<string> _byTime = Text("--by-time", "COLUMN",
        "train on the earliest rows by this column and test on the latest");

    public IReadOnlyList<Option> All => [_target, _task, _header, _separator, _decimal, _missing, _byTime];

    /// <summary>How a table is read.</summary>
    /// <exception cref="UsageException">The separator is none.</exception>
    public CsvOptions Of(ParseResult parsed) => new()
    {
        Target = parsed.GetValue(_target),
        Task = parsed.GetValue(_task) switch
        {
            "classes" => CsvTask.Classes,
            null => CsvTask.Guessed,
            _ => CsvTask.Numbers,
        },
        Kind = parsed.GetValue(_task) is not (null or "classes" or "numbers") and var kind ? KindOf(kind) : null,
        Header = parsed.GetValue(_header) switch
        {
            "yes" => CsvHeader.Present,
            "no" => CsvHeader.Absent,
            _ => CsvHeader.Guessed,
        },
        Separator = parsed.GetValue(_separator) is { } word ? SeparatorOf(word) : null,
        Decimal = parsed.GetValue(_decimal)?[0],
        Missing = parsed.GetResult(_missing) is { Implicit: false } ? parsed.GetValue(_missing) : null,
        ByTime = parsed.GetValue(_byTime),
    };

    /// <summary>Those that were given.</summary>
    public IEnumerable<Option> Given(ParseResult parsed) =>
        All.Where(option => parsed.GetResult(option) is { Implicit: false });

    /// <summary>Writes those that were given, so that the run can be gone on with.</summary>
    public static void Write(Utf8JsonWriter json, CsvOptions csv)
    {
        Write("target", csv.Target);
        Write("task", csv.Kind ?? csv.Task switch
        {
            CsvTask.Classes => "classes",
            CsvTask.Numbers => "numbers",
            _ => null,
        });
        Write("header", csv.Header == CsvHeader.Guessed ? null : csv.Header == CsvHeader.Present ? "yes" : "no");
        Write("separator", csv.Separator is '\t' ? "tab" : csv.Separator is ' ' ? "space" : csv.Separator?.ToString());
        Write("decimal", csv.Decimal?.ToString());
        Write("by-time", csv.ByTime);
        if (csv.Missing is not { } missing)
            return;
        json.WriteStartArray("missing");
        foreach (string text in missing)
            json.WriteStringValue(text);
        json.WriteEndArray();

        void Write(string name, string? value)
        {
            if (value is not null)
                json.WriteString(name, value);
        }
    }

    static string KindOf(string word) => TargetCatalog.All.Signatures.Any(kind => kind.Name.Equals(
            word.Split('(')[0], StringComparison.OrdinalIgnoreCase)) ? word
        : throw new UsageException($"--task is {string.Join(", ", TargetCatalog.All.Signatures.Select(
            kind => kind.Name.ToLowerInvariant()).Prepend("classes"))} or a kind of targets that a --plugin registers, "
            + $"but got '{word}'.");

    static char SeparatorOf(string word) => word switch
    {
        "tab" or "\\t" => '\t',
        "space" or "blank" => ' ',
        "comma" => ',',
        "semicolon" => ';',
        [var one] when !char.IsLetterOrDigit(one) && one is not ('"' or '.' or '-' or '+') => one,
        _ => throw new UsageException($"--separator is one character that stands between fields, such as ; or tab, "
            + $"but got '{word}'."),
    };

    static Option<string> Text(string name, string help, string description) =>
        new(name) { Description = description, HelpName = help };

    static Option<string> OneOf(string name, string help, string description, params string[] values)
    {
        Option<string> option = Text(name, help, description);
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
