using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Hondo.Tuning;

/// <summary>
/// Studies in one file: for any number of processes of one machine. What is committed is on the disk (write-ahead log,
/// synchronous FULL).
/// </summary>
public sealed class SqliteStorage : SqlStorage
{
    const int Busy = 5, Locked = 6, BusyTimeout = 60_000;

    readonly string _path;

    /// <summary>Opens a file, or makes it; <c>:memory:</c> is none.</summary>
    public SqliteStorage(string path)
    {
        _path = path;
        if (path != ":memory:" && Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
    }

    private protected override string Place => $"the file {_path}";

    private protected override string Now => "((julianday('now') - 2440587.5) * 86400.0)";

    private protected override string Start => "0";

    private protected override string ForUpdateSkipLocked => "";

    private protected override string ForUpdate => "";

    private protected override DbConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            Pooling = false,
        }.ConnectionString);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"PRAGMA busy_timeout = {BusyTimeout}; PRAGMA journal_mode = WAL; "
            + "PRAGMA synchronous = FULL;";
        command.ExecuteNonQuery();
        return connection;
    }

    // Who begins by reading and then writes may find that somebody else has written: it takes the file at once.
    private protected override DbTransaction BeginWrite(DbConnection connection) =>
        ((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: false);

    private protected override bool IsPassing(Exception error) =>
        error is SqliteException { SqliteErrorCode: Busy or Locked };
}

/// <summary>Studies in PostgreSQL: for workers on several machines.</summary>
public sealed class PostgresStorage : SqlStorage
{
    readonly string _connection;

    /// <summary>Opens <c>postgres://user:password@host:port/database</c>.</summary>
    /// <exception cref="FormatException">The address cannot be read.</exception>
    public PostgresStorage(string address) => _connection = ConnectionOf(address);

    /// <summary>True for the address of a PostgreSQL server.</summary>
    public static bool IsAddress(string place) => place.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
        || place.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    private protected override string Place => "the database";

    private protected override string Now => "EXTRACT(EPOCH FROM clock_timestamp())::double precision";

    private protected override string Start =>
        "EXTRACT(EPOCH FROM pg_postmaster_start_time())::double precision";

    private protected override string ForUpdateSkipLocked => "FOR UPDATE SKIP LOCKED";

    private protected override string ForUpdate => "FOR UPDATE";

    // postgres:///database?host=/run/postgresql is a socket of this machine.
    static string ConnectionOf(string address)
    {
        if (!Uri.TryCreate(address.Replace(":///", "://localhost/", StringComparison.Ordinal), UriKind.Absolute,
            out Uri? uri) || uri.AbsolutePath.Length < 2)
            throw new FormatException("The address of a study must be postgres://user:password@host:port/database.");
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]),
            Pooling = false,
            Timeout = 5,
        };
        if (uri.UserInfo.Split(':', 2) is [{ Length: > 0 } user, ..] parts)
        {
            builder.Username = Uri.UnescapeDataString(user);
            if (parts.Length > 1)
                builder.Password = Uri.UnescapeDataString(parts[1]);
        }
        foreach (string pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            if (pair.Split('=', 2) is [var name, var value])
                builder[name] = Uri.UnescapeDataString(value);
        return builder.ConnectionString;
    }

    private protected override DbConnection Connect()
    {
        var connection = new NpgsqlConnection(_connection);
        connection.Open();
        return connection;
    }

    private protected override DbTransaction BeginWrite(DbConnection connection) =>
        connection.BeginTransaction(IsolationLevel.ReadCommitted);

    // A restart: connections end, new ones are refused for a while. Two that make the tables at once: again.
    private protected override bool IsPassing(Exception error) => error switch
    {
        PostgresException { SqlState: var state } => state.StartsWith("08", StringComparison.Ordinal)
            || state.StartsWith("57P", StringComparison.Ordinal)
            || state is "40001" or "40P01" or "23505" or "42P07",
        NpgsqlException or IOException or TimeoutException or InvalidOperationException => true,
        _ => false,
    };
}
