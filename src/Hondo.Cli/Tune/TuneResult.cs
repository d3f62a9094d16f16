using System.Globalization;
using System.Text.Json;
using Hondo.Cli.Output;
using Hondo.Tuning;

namespace Hondo.Cli.Tune;

/// <summary>What a search found: the best trial, how sure that is, the one look at the test part, how to train it
/// again.
/// </summary>
sealed class TuneResult
{
    const string TestNote = "test";

    readonly Study _study;
    readonly IReadOnlyList<TrialRecord> _trials;
    readonly TrialRunner _runner;
    readonly TuneNotes _notes;
    readonly IReadOnlyDictionary<string, string> _kept;

    TuneResult(Study study, TrialRunner runner) => (_study, _runner, _trials, _notes, _kept) =
        (study, runner, study.Trials, TuneNotes.Of(study.Settings), study.Storage.Notes(study.Name));

    /// <summary>The best trial; null when none is complete.</summary>
    TrialRecord? Best => _study.BestOf(_trials);

    /// <summary>True when nothing came out of any trial.</summary>
    public bool HasFailed => Best is null && Count(TrialState.Failed) > 0;

    /// <summary>Reads a study as it is.</summary>
    public static TuneResult Of(Study study, Terminal terminal) => new(study, new(study, terminal));

    /// <summary>Looks at the test part with the best model, once in the life of the study, when all is done.</summary>
    public static TuneResult Finish(Study study, Terminal terminal, CancellationToken cancellation)
    {
        TuneResult result = Of(study, terminal);
        bool isDone = result._trials.Count >= study.Settings.Trials && result._trials.All(trial => trial.IsFinished);
        if (!isDone || result._kept.ContainsKey(TestNote) || result.Best is not { } best
            || study.Settings.Directions.Count > 1)
            return result;
        if (result._runner.Test(best, cancellation) is { } scores)
            study.Storage.NoteOnce(study.Name, TestNote, JsonLine.Of(json =>
            {
                json.WriteNumber("trial", best.Number);
                foreach ((string name, double value) in scores)
                    json.WriteFinite(name, value);
            }));
        return Of(study, terminal);
    }

    public void WriteTo(TextWriter writer)
    {
        writer.WriteLine($"{_trials.Count(trial => trial.IsFinished)} trials: {Count(TrialState.Pruned)} pruned, "
            + $"{Count(TrialState.Failed)} failed.");
        if (Best is not { } best)
        {
            writer.WriteLine(_trials.FirstOrDefault(trial => trial.Notes.ContainsKey("error")) is { } failed
                ? $"No trial is complete. Trial {failed.Number} says: {failed.Notes["error"]}"
                    : "No trial is complete yet.");
            return;
        }
        if (_study.Settings.Directions.Count > 1)
            TextTable.Write(writer, [["trial", .. _notes.Objectives, "values"], .. _study.Front(_trials).Select(Row)]);
        else
            writer.WriteLine($"best: trial {best.Number}, dev {_notes.Objectives[0]} {Number(best.Values[0])}, "
                + string.Join(", ", best.Parameters.Select(one => $"{one.Name} {one.Text}")));
        foreach (AdviceSentence advice in StudyAdvice.Of(_study, _trials))
            writer.WriteLine($"- {(Language.IsSpanish(null) ? advice.Spanish : advice.English)}");
        if (StudyAdvice.Why(_study, _trials) is [_, ..] why)
        {
            writer.WriteLine("Why this one:");
            foreach (AdviceSentence one in why)
                writer.WriteLine($"- {(Language.IsSpanish(null) ? one.Spanish : one.English)}");
        }
        if (_kept.TryGetValue(TestNote, out string? test))
            writer.WriteLine($"test, looked at once: {test}");
        writer.WriteLine($"Train it again with: {_runner.CommandOf(best)}");
        writer.WriteLine($"In C#: {CSharpOf(best)}");
        writer.WriteLine($"Its run is in {_runner.PathOf(best.Number)}");
    }

    string[] Row(TrialRecord trial) => [trial.Number.ToString(CultureInfo.InvariantCulture),
        .. trial.Values.Select(Number), string.Join("  ", trial.Parameters.Select(one => $"{one.Name} {one.Text}"))];

    string CSharpOf(TrialRecord trial)
    {
        IReadOnlyDictionary<string, string> texts = _runner.Filled(trial);
        string model = texts.TryGetValue("model", out string? text) ? $", \"{text}\"" : "";
        string[] others = [.. texts.Where(one => one.Key != "model").Select(one =>
            $"{char.ToUpperInvariant(one.Key[0])}{one.Key[1..]} = " + (one.Key == "batch" ? one.Value
                : $"\"{one.Value}\""))];
        return $"Recipe.For(parts{model})" + (others.Length > 0 ? $" with {{ {string.Join(", ", others)} }}" : "");
    }

    int Count(TrialState state) => _trials.Count(trial => trial.State == state);

    static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>The properties of the last JSON line.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("event", "result");
        json.WriteString("study", _study.Name);
        json.WriteNumber("trials", _trials.Count);
        json.WriteNumber("pruned", Count(TrialState.Pruned));
        json.WriteNumber("failed", Count(TrialState.Failed));
        if (Best is { } best)
        {
            Write(json, best, _notes.Objectives);
            json.WriteString("run", _runner.PathOf(best.Number));
            json.WriteString("command", _runner.CommandOf(best));
            json.WriteString("csharp", CSharpOf(best));
        }
        json.WriteStartArray("front");
        if (_study.Settings.Directions.Count > 1)
            foreach (TrialRecord trial in _study.Front(_trials))
                json.WriteNumberValue(trial.Number);
        json.WriteEndArray();
        json.WriteStartArray("advice");
        foreach (AdviceSentence advice in StudyAdvice.Of(_study, _trials))
            json.WriteStringValue(advice.English);
        json.WriteEndArray();
        json.WriteStartArray("why");
        foreach (AdviceSentence one in StudyAdvice.Why(_study, _trials))
            json.WriteStringValue(one.English);
        json.WriteEndArray();
        if (!_kept.TryGetValue(TestNote, out string? test))
            return;
        json.WritePropertyName("test");
        json.WriteRawValue(test);
    }

    /// <summary>The event of a trial.</summary>
    public static void Write(Utf8JsonWriter json, TrialRecord trial, IReadOnlyList<string> objectives)
    {
        json.WriteNumber("trial", trial.Number);
        json.WriteString("state", trial.State.ToString().ToLowerInvariant());
        if (trial.Purpose.Length > 0)
            json.WriteString("purpose", trial.Purpose);
        for (int i = 0; i < trial.Values.Count; i++)
            json.WriteFinite(objectives[i], trial.Values[i]);
        json.WriteNumber("seconds", Math.Round(trial.Seconds, 3));
        json.WriteStartObject("values");
        foreach (SuggestedValue one in trial.Parameters)
            if (one.Range is ChoiceRange)
                json.WriteString(one.Name, one.Text);
            else
                json.WriteNumber(one.Name, one.Value);
        json.WriteEndObject();
    }
}
