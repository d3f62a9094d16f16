using System.Data.Common;

namespace Hondo.Tuning;

public abstract partial class SqlStorage
{
    // One write of a worker that still has its trial.
    bool Write(string study, TrialRecord trial, string set, params (string, object?)[] values) => InTransaction(t =>
        Execute(t, $"UPDATE trial SET {set} WHERE study = @study AND number = @number AND fence = @fence AND state = 1",
            [("@study", study), ("@number", trial.Number), ("@fence", trial.Fence), .. values]) == 1);

    /// <inheritdoc/>
    public bool Renew(string study, TrialRecord trial) => Write(study, trial, $"lease = {Now} + @lease",
        ("@lease", Find(study)?.Lease ?? 0));

    /// <inheritdoc/>
    public void Release(string study, string worker) => InTransaction(t => Execute(t,
        "UPDATE trial SET lease = 0 WHERE study = @study AND worker = @worker AND state = 1",
        ("@study", study), ("@worker", worker)));

    /// <inheritdoc/>
    public bool Begin(string study, TrialRecord trial, IReadOnlyList<SuggestedValue> parameters) =>
        Write(study, trial, "parameters = @parameters", ("@parameters", TrialJson.Of(parameters)));

    /// <inheritdoc/>
    public bool Report(string study, TrialRecord trial, TrialPoint point) => InTransaction(t => Execute(t,
        "INSERT INTO point (study, number, step, value) SELECT @study, @number, @step, @value FROM trial WHERE "
        + "study = @study AND number = @number AND fence = @fence AND state = 1 "
        + "ON CONFLICT (study, number, step) DO UPDATE SET value = excluded.value",
        ("@study", study), ("@number", trial.Number), ("@fence", trial.Fence), ("@step", point.Step),
        ("@value", double.IsNaN(point.Value) ? null : point.Value)) == 1);

    /// <inheritdoc/>
    public bool Note(string study, TrialRecord trial, string name, string text) => InTransaction(t => Execute(t,
        "INSERT INTO note (study, number, name, text) SELECT @study, @number, @name, @text FROM trial WHERE "
        + "study = @study AND number = @number AND fence = @fence AND state = 1 "
        + "ON CONFLICT (study, number, name) DO UPDATE SET text = excluded.text",
        ("@study", study), ("@number", trial.Number), ("@fence", trial.Fence), ("@name", name), ("@text", text)) == 1);

    /// <inheritdoc/>
    public bool AskToStop(string study, int number) => InTransaction(t => Execute(t,
        "INSERT INTO note (study, number, name, text) SELECT @study, @number, @name, '' FROM trial WHERE "
        + "study = @study AND number = @number AND state = 1 ON CONFLICT (study, number, name) DO UPDATE SET "
        + "text = excluded.text", ("@study", study), ("@number", number), ("@name", Study.StoppedByHand)) == 1);

    /// <inheritdoc/>
    public bool IsAskedToStop(string study, int number) => InTransaction(t => Scalar(t, "SELECT number FROM note "
        + "WHERE study = @study AND number = @number AND name = @name", ("@study", study), ("@number", number),
        ("@name", Study.StoppedByHand)) is not null);

    /// <inheritdoc/>
    public bool Finish(string study, TrialRecord trial, TrialEnd end) => InTransaction(t => Execute(t,
        "UPDATE trial SET state = @state, parameters = @parameters, results = @results, seconds = @seconds "
        + "WHERE study = @study AND number = @number AND fence = @fence AND state = 1",
        ("@state", (int)end.State), ("@parameters", TrialJson.Of(end.Parameters)),
        ("@results", TrialJson.Of(end.Values)), ("@seconds", end.Seconds), ("@study", study),
        ("@number", trial.Number), ("@fence", trial.Fence)) == 1
        // The first answer may have been lost: written by this very holder it is written.
        || Scalar(t, "SELECT number FROM trial WHERE study = @study AND number = @number AND fence = @fence "
            + "AND state >= 2", ("@study", study), ("@number", trial.Number), ("@fence", trial.Fence)) is not null);

    /// <inheritdoc/>
    public bool Enqueue(string study, int? first,
        IReadOnlyList<(string Purpose, IReadOnlyDictionary<string, double> Fixed)> trials) => InTransaction(t =>
    {
        Scalar(t, $"SELECT name FROM study WHERE name = @study {ForUpdate}", ("@study", study));
        int next = Next(t, study);
        if (first is { } expected && expected != next)
            return false;
        foreach ((string purpose, IReadOnlyDictionary<string, double> given) in trials)
            Insert(t, study, next++, purpose, given);
        return true;
    });

    /// <inheritdoc/>
    public IReadOnlyList<TrialRecord> Trials(string study, int first = 0, int? last = null) =>
        InTransaction(t => Read(t, study, first, last ?? int.MaxValue));

    List<TrialRecord> Read(DbTransaction t, string study, int first, int last)
    {
        const string Which = "WHERE study = @study AND number >= @first AND number <= @last ORDER BY number";
        (string, object?)[] values = [("@study", study), ("@first", first), ("@last", last)];
        var points = Rows(t, row => (Number: row.GetInt32(0), Point: new TrialPoint(row.GetInt32(1),
            row.IsDBNull(2) ? double.NaN : row.GetDouble(2))), $"SELECT number, step, value FROM point {Which}, step",
            values).ToLookup(row => row.Number, row => row.Point);
        var notes = Rows(t, row => (Number: row.GetInt32(0), Name: row.GetString(1), Text: row.GetString(2)),
            $"SELECT number, name, text FROM note {Which}, name", values).ToLookup(row => row.Number);
        return Rows(t, row => new TrialRecord
        {
            Number = row.GetInt32(0),
            State = (TrialState)row.GetInt32(1),
            Purpose = row.GetString(2),
            Fixed = TrialJson.Values(row.GetString(3)),
            Fence = row.GetInt64(4),
            Parameters = TrialJson.Parameters(row.GetString(5), _ranges),
            Values = TrialJson.Numbers(row.GetString(6)),
            Seconds = row.GetDouble(7),
            Seen = row.IsDBNull(8) ? null : NumberText.Parse(row.GetString(8)),
            Points = [.. points[row.GetInt32(0)]],
            Notes = notes[row.GetInt32(0)].ToDictionary(note => note.Name, note => note.Text),
        }, "SELECT number, state, purpose, fixed, fence, parameters, results, seconds, seen FROM trial " + Which,
            values);
    }
}
