using System.Globalization;
using System.Text.Json;
using Hondo.Tuning;

namespace Hondo.Cli.Tune;

/// <summary>What the command line keeps with a study.</summary>
sealed record TuneNotes(string Data, IReadOnlyList<string> Arguments, string Runs, IReadOnlyList<string> Objectives,
    bool GivesUp, int? Folds)
{
    /// <summary>An option that was left out and is searched too; null when there is none.</summary>
    public string? Also { get; init; }

    /// <summary>The objective that is the size of the model.</summary>
    public const string Parameters = "parameters";

    public static TuneNotes Of(StudySettings settings)
    {
        if (!settings.Notes.TryGetValue("data", out string? data))
            throw new UsageException("This study was not made by 'hondo tune': its objective is a program's own.");
        return new(data, List(settings.Notes["arguments"]), settings.Notes["runs"], List(settings.Notes["objectives"]),
            settings.Notes["diagnosis"] == "on",
            settings.Notes.TryGetValue("folds", out string? folds) ? int.Parse(folds, CultureInfo.InvariantCulture)
                : null)
        {
            Also = settings.Notes.GetValueOrDefault("also"),
        };
    }

    public Dictionary<string, string> ToDictionary()
    {
        Dictionary<string, string> notes = new()
        {
            ["data"] = Data,
            ["arguments"] = Text(Arguments),
            ["runs"] = Runs,
            ["objectives"] = Text(Objectives),
            ["diagnosis"] = GivesUp ? "on" : "off",
        };
        if (Folds is { } folds)
            notes["folds"] = folds.ToString(CultureInfo.InvariantCulture);
        if (Also is not null)
            notes["also"] = Also;
        return notes;
    }

    static string Text(IReadOnlyList<string> words) => JsonSerializer.Serialize(words);

    static string[] List(string text) => JsonSerializer.Deserialize<string[]>(text)!;
}
