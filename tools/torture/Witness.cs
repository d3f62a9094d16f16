using System.Data.Common;
using System.Globalization;

namespace Hondo.Torture;

/// <summary>A table of the database, written by triggers: nothing that Hondo says about itself.</summary>
static class Witness
{
    const string Sqlite = """
        CREATE TABLE witness (place INTEGER PRIMARY KEY, number INTEGER, worker TEXT, ended INTEGER);
        CREATE TRIGGER taken AFTER UPDATE OF fence ON trial WHEN NEW.fence > OLD.fence BEGIN
            INSERT INTO witness (number, worker, ended) VALUES (NEW.number, NEW.worker, 0); END;
        CREATE TRIGGER ended AFTER UPDATE OF state ON trial WHEN NEW.state >= 2 BEGIN
            INSERT INTO witness (number, worker, ended) VALUES (NEW.number, NEW.worker, 1); END;
        """;

    const string Postgres = """
        CREATE TABLE witness (place BIGSERIAL PRIMARY KEY, number INTEGER, worker TEXT, ended INTEGER);
        CREATE FUNCTION witnessed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF NEW.fence > OLD.fence THEN
                INSERT INTO witness (number, worker, ended) VALUES (NEW.number, NEW.worker, 0); END IF;
            IF NEW.state >= 2 THEN
                INSERT INTO witness (number, worker, ended) VALUES (NEW.number, NEW.worker, 1); END IF;
            RETURN NULL; END $$;
        CREATE TRIGGER witnessed AFTER UPDATE ON trial FOR EACH ROW EXECUTE FUNCTION witnessed();
        """;

    public static void Begin(Func<DbConnection> connect, bool isSqlite)
    {
        using DbConnection connection = connect();
        connection.Open();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = isSqlite ? Sqlite : Postgres;
        command.ExecuteNonQuery();
    }

    public static IReadOnlyList<(int Number, int Process, bool IsEnd)> Read(Func<DbConnection> connect)
    {
        using DbConnection connection = connect();
        connection.Open();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT number, worker, ended FROM witness ORDER BY place";
        using DbDataReader reader = command.ExecuteReader();
        List<(int, int, bool)> all = [];
        while (reader.Read())
            all.Add((reader.GetInt32(0), int.Parse(reader.GetString(1).Split(':')[^2],
                CultureInfo.InvariantCulture), reader.GetInt32(2) == 1));
        return all;
    }
}
