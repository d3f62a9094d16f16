using System.Data;
using System.Data.Common;
using System.Globalization;

namespace Hondo.Tuning;

/// <summary>Studies in tables of a database: the statements that SQLite and PostgreSQL share.</summary>
public abstract partial class SqlStorage : IStudyStorage
{
    const string Schema = """
        CREATE TABLE IF NOT EXISTS study (name TEXT PRIMARY KEY, created DOUBLE PRECISION NOT NULL,
            settings TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS trial (study TEXT NOT NULL, number INTEGER NOT NULL, state INTEGER NOT NULL,
            purpose TEXT NOT NULL, fixed TEXT NOT NULL, fence BIGINT NOT NULL, worker TEXT NOT NULL,
            lease DOUBLE PRECISION NOT NULL, parameters TEXT NOT NULL, results TEXT NOT NULL,
            seconds DOUBLE PRECISION NOT NULL, seen TEXT, PRIMARY KEY (study, number));
        CREATE INDEX IF NOT EXISTS open_trial ON trial (study, number) WHERE state < 2;
        CREATE TABLE IF NOT EXISTS point (study TEXT NOT NULL, number INTEGER NOT NULL, step INTEGER NOT NULL,
            value DOUBLE PRECISION, PRIMARY KEY (study, number, step));
        CREATE TABLE IF NOT EXISTS note (study TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL,
            text TEXT NOT NULL, PRIMARY KEY (study, number, name));
        """;

    // The notes of a study itself.
    const int OfStudy = -1;

    private protected readonly Lock _lock = new();
    readonly Dictionary<string, ParameterRange> _ranges = [];
    DbConnection? _connection;

    // Only the two of this assembly know which statements differ.
    private protected SqlStorage() { }

    /// <summary>A new connection, open and set up.</summary>
    private protected abstract DbConnection Connect();

    /// <summary>Begins a transaction in which nobody else writes what it has read.</summary>
    private protected abstract DbTransaction BeginWrite(DbConnection connection);

    /// <summary>Where it is, as messages say it.</summary>
    private protected abstract string Place { get; }

    /// <summary>The database's clock, in seconds.</summary>
    private protected abstract string Now { get; }

    /// <summary>Since when the database answers, by its clock, in seconds.</summary>
    private protected abstract string Start { get; }

    /// <summary>Locks the rows that a SELECT finds, passing over those that others have.</summary>
    private protected abstract string ForUpdateSkipLocked { get; }

    /// <summary>Locks the rows that a SELECT finds.</summary>
    private protected abstract string ForUpdate { get; }

    /// <summary>True when the same may go well in a moment: the server restarts, or the file is busy.</summary>
    private protected abstract bool IsPassing(Exception error);

    /// <summary>How long a database that is away is waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often something had to be tried again.</summary>
    public int Retries { get; private set; }

    // Everything is written so that doing it twice is as good as once: the answer to the first may be lost.
    private protected T InTransaction<T>(Func<DbTransaction, T> act)
    {
        lock (_lock)
        {
            long start = Environment.TickCount64;
            for (int attempt = 0; ; attempt++)
                try
                {
                    if (_connection is null)
                    {
                        _connection = Connect();
                        Execute(null, Schema);
                    }
                    using DbTransaction transaction = BeginWrite(_connection);
                    T result = act(transaction);
                    transaction.Commit();
                    return result;
                }
                catch (Exception error) when (IsPassing(error)
                    && Environment.TickCount64 - start < Patience.TotalMilliseconds)
                {
                    Retries++;
                    _connection?.Dispose();
                    _connection = null;
                    Thread.Sleep(Math.Min(1000, 20 << Math.Min(attempt, 6)));
                }
                catch (DbException error)
                {
                    throw new IOException($"The study in {Place} cannot be read or written: {error.Message} Check "
                        + "--study.", error);
                }
        }
    }

    private protected int Execute(DbTransaction? transaction, string sql, params ReadOnlySpan<(string, object?)> values)
    {
        using DbCommand command = Command(transaction, sql, values);
        return command.ExecuteNonQuery();
    }

    private protected object? Scalar(DbTransaction transaction, string sql,
        params ReadOnlySpan<(string, object?)> values)
    {
        using DbCommand command = Command(transaction, sql, values);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    private protected List<T> Rows<T>(DbTransaction transaction, Func<DbDataReader, T> read, string sql,
        params ReadOnlySpan<(string, object?)> values)
    {
        using DbCommand command = Command(transaction, sql, values);
        using DbDataReader reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    // Texts are values, never part of a statement.
    DbCommand Command(DbTransaction? transaction, string sql, ReadOnlySpan<(string, object?)> values)
    {
        DbCommand command = _connection!.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        foreach ((string name, object? value) in values)
        {
            DbParameter parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            if (value is null)
                parameter.DbType = DbType.Double;
            command.Parameters.Add(parameter);
        }
        return command;
    }

    /// <inheritdoc/>
    public IReadOnlyList<StudySummary> List() => InTransaction(t => Rows(t, row => new StudySummary(row.GetString(0),
        row.GetDouble(1), StudySettings.Parse(row.GetString(2)), Convert.ToInt32(row.GetValue(3),
            CultureInfo.InvariantCulture)),
        "SELECT name, created, settings, (SELECT COUNT(*) FROM trial WHERE study = name AND state >= 2) FROM study "
        + "ORDER BY created, name"));

    /// <inheritdoc/>
    public StudySettings? Find(string study) => InTransaction(t => Scalar(t,
        "SELECT settings FROM study WHERE name = @study", ("@study", study)) is string text
        ? StudySettings.Parse(text) : null);

    /// <inheritdoc/>
    public bool Create(string study, StudySettings settings) => InTransaction(t => Execute(t,
        $"INSERT INTO study (name, created, settings) VALUES (@study, {Now}, @settings) ON CONFLICT (name) DO NOTHING",
        ("@study", study), ("@settings", settings.Check().ToJson())) == 1);

    /// <inheritdoc/>
    public bool Delete(string study) => InTransaction(t =>
    {
        foreach (string table in (ReadOnlySpan<string>)["trial", "point", "note"])
            Execute(t, $"DELETE FROM {table} WHERE study = @study", ("@study", study));
        return Execute(t, "DELETE FROM study WHERE name = @study", ("@study", study)) == 1;
    });

    /// <inheritdoc/>
    public bool NoteOnce(string study, string name, string text) => InTransaction(t => Execute(t,
        "INSERT INTO note (study, number, name, text) VALUES (@study, @number, @name, @text) ON CONFLICT DO NOTHING",
        ("@study", study), ("@number", OfStudy), ("@name", name), ("@text", text)) == 1);

    /// <inheritdoc/>
    public void Forget(string study, string name) => InTransaction(t => Execute(t,
        "DELETE FROM note WHERE study = @study AND number = @number AND name = @name", ("@study", study),
        ("@number", OfStudy), ("@name", name)));

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Notes(string study) => InTransaction(t => Rows(t,
        row => (row.GetString(0), row.GetString(1)), "SELECT name, text FROM note WHERE study = @study AND number = -1",
        ("@study", study)).ToDictionary(row => row.Item1, row => row.Item2));

    /// <inheritdoc/>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        lock (_lock)
        {
            _connection?.Dispose();
            _connection = null;
        }
    }
}
