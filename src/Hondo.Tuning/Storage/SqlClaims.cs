using System.Data.Common;
using System.Globalization;

namespace Hondo.Tuning;

// Who gets which trial.
public abstract partial class SqlStorage
{
    // Of trials whose lease has run out: since when that is watched, and when it was looked at last.
    readonly Dictionary<(string Study, int Number), (double Lease, double Since, double Last)> _silent = [];

    /// <inheritdoc/>
    public Claim Claim(string study, string worker) => InTransaction(t =>
    {
        if (Scalar(t, "SELECT settings FROM study WHERE name = @study", ("@study", study)) is not string text)
            throw new IOException($"There is no study '{study}' any more.");
        if (Scalar(t, "SELECT text FROM note WHERE study = @study AND number = @number AND name = @name",
            ("@study", study), ("@number", OfStudy), ("@name", Study.PausedNote)) is not null)
            return new Claim(ClaimKind.Paused);
        StudySettings settings = StudySettings.Parse(text);
        // While the database was away nobody could renew: only from its start on silence counts.
        if (Rows(t, row => (Number: row.GetInt32(0), Lease: row.GetDouble(1), Now: row.GetDouble(2)),
            $"SELECT number, lease, {Now} FROM trial WHERE study = @study AND state = 1 AND lease < {Now} "
            + $"AND (lease = 0 OR {Start} + @lease < {Now}) ORDER BY lease > 0, number LIMIT 1 {ForUpdateSkipLocked}",
            ("@study", study), ("@lease", settings.Lease)) is [var lost])
            return IsGivenUp(study, lost.Number, lost.Lease, lost.Now, settings.Lease)
                ? Take(t, study, lost.Number, worker, settings, ClaimKind.Again) : new Claim(ClaimKind.Wait);
        if (Scalar(t, "SELECT number FROM trial WHERE study = @study AND state = 0 ORDER BY number LIMIT 1 "
            + ForUpdateSkipLocked, ("@study", study)) is { } waiting)
            return IsReady(t, study, Int(waiting), settings)
                ? Take(t, study, Int(waiting), worker, settings, ClaimKind.New) : new Claim(ClaimKind.Wait);
        return New(t, study, worker, settings);
    });

    // Where the whole machine slept, or one that was stopped held the file, nobody could renew either: a lease that has
    // run out is watched for half as long again, and whoever lives renews it meanwhile.
    bool IsGivenUp(string study, int number, double lease, double now, double length)
    {
        _silent.TryGetValue((study, number), out (double Lease, double Since, double Last) known);
        bool isWatched = known.Lease == lease && now - known.Last < length / 3;
        _silent[(study, number)] = (lease, isWatched ? known.Since : now, now);
        return lease == 0 || isWatched && now - known.Since > length / 2;
    }

    Claim New(DbTransaction t, string study, string worker, StudySettings settings)
    {
        // Numbers are given out one after the other.
        Scalar(t, $"SELECT name FROM study WHERE name = @study {ForUpdate}", ("@study", study));
        int next = Next(t, study);
        if (next >= settings.Trials)
            return new Claim(Scalar(t, "SELECT number FROM trial WHERE study = @study AND state < 2 LIMIT 1",
                ("@study", study)) is null ? ClaimKind.Done : ClaimKind.Wait);
        if (!IsReady(t, study, next, settings))
            return new Claim(ClaimKind.Wait);
        Insert(t, study, next, "", new Dictionary<string, double>());
        return Take(t, study, next, worker, settings, ClaimKind.New);
    }

    static int Int(object value) => Convert.ToInt32(value, CultureInfo.InvariantCulture);

    int Next(DbTransaction t, string study) => Scalar(t, "SELECT MAX(number) FROM trial WHERE study = @study",
        ("@study", study)) is { } last ? Int(last) + 1 : 0;

    // All that it is to see is finished.
    bool IsReady(DbTransaction t, string study, int number, StudySettings settings) => settings.Lag is not { } lag
        || Scalar(t, "SELECT number FROM trial WHERE study = @study AND state < 2 AND number <= @last LIMIT 1",
            ("@study", study), ("@last", number - lag)) is null;

    void Insert(DbTransaction t, string study, int number, string purpose, IReadOnlyDictionary<string, double> given) =>
        Execute(t, "INSERT INTO trial (study, number, state, purpose, fixed, fence, worker, lease, parameters, "
            + "results, seconds) VALUES (@study, @number, 0, @purpose, @fixed, 0, '', 0, '[]', '[]', 0)",
            ("@study", study), ("@number", number), ("@purpose", purpose), ("@fixed", TrialJson.Of(given)));

    Claim Take(DbTransaction t, string study, int number, string worker, StudySettings settings, ClaimKind kind)
    {
        string? seen = settings.Lag is not null || kind == ClaimKind.Again ? null : NumberText.Of(Rows(t,
            row => row.GetInt32(0), "SELECT number FROM trial WHERE study = @study AND state >= 2 ORDER BY number",
            ("@study", study)));
        Execute(t, $"UPDATE trial SET state = 1, fence = fence + 1, worker = @worker, lease = {Now} + @lease"
            + (seen is null ? "" : ", seen = @seen") + " WHERE study = @study AND number = @number",
            seen is null
                ? [("@worker", worker), ("@lease", settings.Lease), ("@study", study), ("@number", number)]
                : [("@worker", worker), ("@lease", settings.Lease), ("@study", study), ("@number", number),
                    ("@seen", seen)]);
        return new(kind, Read(t, study, number, number)[0]);
    }
}

/// <summary>Rising numbers as a text: <c>0-17,19</c>.</summary>
static class NumberText
{
    public static string Of(IReadOnlyList<int> numbers)
    {
        List<string> runs = [];
        for (int i = 0, from = 0; i < numbers.Count; i++)
            if (i + 1 == numbers.Count || numbers[i + 1] != numbers[i] + 1)
            {
                runs.Add(from == i ? Text(numbers[i]) : $"{Text(numbers[from])}-{Text(numbers[i])}");
                from = i + 1;
            }
        return string.Join(',', runs);
    }

    public static IReadOnlyList<int> Parse(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).SelectMany(run =>
        {
            string[] ends = run.Split('-');
            int first = int.Parse(ends[0], CultureInfo.InvariantCulture);
            return Enumerable.Range(first, int.Parse(ends[^1], CultureInfo.InvariantCulture) - first + 1);
        })];

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
