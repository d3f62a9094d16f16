using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Hondo.Tuning;

/// <summary>A study as a table and as JSON, for other programs.</summary>
public static class StudyExport
{
    /// <summary>One row for each trial; a parameter that a trial does not have is empty.</summary>
    public static string ToCsv(Study study)
    {
        IReadOnlyList<TrialRecord> trials = study.Trials;
        string[] names = NamesOf(trials);
        var text = new StringBuilder();
        int[] objectives = [.. Enumerable.Range(0, study.Settings.Directions.Count)];
        Row(text, "trial", "state", "purpose", objectives.Select(i => $"value {i + 1}"), "seconds", names.Select(Cell));
        foreach (TrialRecord trial in trials)
            Row(text, Number(trial.Number), trial.State.ToString().ToLowerInvariant(), Cell(trial.Purpose),
                objectives.Select(i => i < trial.Values.Count ? Number(trial.Values[i]) : ""),
                Number(Math.Round(trial.Seconds, 3)), names.Select(name => Cell(ValueOf(trial, name))));
        return text.ToString();
    }

    static void Row(StringBuilder text, string number, string state, string purpose, IEnumerable<string> values,
        string seconds, IEnumerable<string> parameters)
    {
        string[] cells = [number, state, purpose, .. values, seconds, .. parameters];
        text.AppendJoin(',', cells).Append('\n');
    }

    /// <summary>The names of all parameters, in the order of their first trial.</summary>
    internal static string[] NamesOf(IReadOnlyList<TrialRecord> trials) =>
        [.. trials.SelectMany(trial => trial.Parameters).Select(one => one.Name).Distinct()];

    static string ValueOf(TrialRecord trial, string name)
    {
        foreach (SuggestedValue one in trial.Parameters)
            if (one.Name == name)
                return one.Range is ChoiceRange ? one.Text : Number(one.Value);
        return "";
    }

    static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    // A text that a spreadsheet would take for a formula is marked as a text.
    static string Cell(string text)
    {
        if (text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal)
            && !double.TryParse(text, CultureInfo.InvariantCulture, out _))
            text = "'" + text;
        return text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }

    /// <summary>Everything: settings, trials with their courses, importances and advice.</summary>
    public static string ToJson(Study study) => NodeOf(study, study.Trials).ToJsonString(TrialJson.Plain) + "\n";

    /// <summary>The same as a tree: also what the dashboard sends.</summary>
    public static JsonObject NodeOf(Study study, IReadOnlyList<TrialRecord> trials)
    {
        HashSet<int> front = study.Settings.Directions.Count > 1 ? [.. study.Front(trials).Select(one => one.Number)]
            : [];
        return new()
        {
            ["name"] = study.Name,
            ["settings"] = JsonNode.Parse(study.Settings.ToJson()),
            ["best"] = study.BestOf(trials)?.Number,
            ["importances"] = new JsonArray([.. Importance.Of(study, trials).Select(one => (JsonNode)new JsonObject
            {
                ["name"] = one.Name, ["share"] = Math.Round(one.Share, 4),
            })]),
            ["advice"] = NodeOf(StudyAdvice.Of(study, trials)),
            ["why"] = NodeOf(StudyAdvice.Why(study, trials)),
            ["notes"] = TrialJson.Of(study.Storage.Notes(study.Name)),
            ["trials"] = new JsonArray([.. trials.Select(trial => (JsonNode)NodeOf(trial, front))]),
        };
    }

    static JsonArray NodeOf(IReadOnlyList<AdviceSentence> sentences) =>
        new([.. sentences.Select(one => (JsonNode)new JsonObject { ["en"] = one.English, ["es"] = one.Spanish })]);

    static JsonObject NodeOf(TrialRecord trial, HashSet<int> front) => new()
    {
        ["number"] = trial.Number,
        ["state"] = trial.State.ToString().ToLowerInvariant(),
        ["purpose"] = trial.Purpose,
        ["values"] = new JsonArray([.. trial.Values.Select(value => (JsonNode)value)]),
        ["seconds"] = Math.Round(trial.Seconds, 3),
        ["front"] = front.Contains(trial.Number),
        ["parameters"] = new JsonArray([.. trial.Parameters.Select(one => (JsonNode)new JsonObject
        {
            ["name"] = one.Name, ["text"] = one.Text, ["unit"] = Math.Round(one.Range.ToUnit(one.Value), 5),
            ["range"] = one.Range.ToString(),
        })]),
        ["points"] = new JsonArray([.. trial.Points.Where(point => double.IsFinite(point.Value)).Select(point =>
            (JsonNode)new JsonArray(point.Step, point.Value))]),
        ["notes"] = TrialJson.Of(trial.Notes),
    };
}
