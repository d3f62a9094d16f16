using System.Diagnostics;

namespace Hondo.Torture;

/// <summary>
/// A PostgreSQL server of its own in a folder that is gone afterwards; nobody reaches it over a network.
/// </summary>
sealed class TemporaryPostgres : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("hondo-postgres-").FullName;
    readonly bool _isRoot = Environment.UserName == "root";

    /// <summary>Makes the server and starts it.</summary>
    public TemporaryPostgres()
    {
        // The server refuses to run as root.
        if (_isRoot)
            Check("chown", "postgres", _folder);
        Server("initdb", "-D", Data, "-A", "trust", "-U", "postgres", "-N");
        Start();
    }

    string Data => Path.Combine(_folder, "data");

    static string? Binaries => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal)
            .Select(version => Path.Combine(version, "bin")).LastOrDefault(bin => File.Exists(Path.Combine(bin,
                "initdb")))
        : null;

    /// <summary>True where PostgreSQL is installed.</summary>
    public static bool IsInstalled => Binaries is not null;

    /// <summary>Where it is, as --study takes it.</summary>
    public string Address => $"postgres://postgres@localhost/postgres?host={_folder}";

    /// <summary>The same as Npgsql takes it.</summary>
    public string Connection => $"Host={_folder};Username=postgres;Database=postgres";

    /// <summary>Starts the server, and waits until it answers.</summary>
    public void Start() => Server("pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_folder, "log"), "-o",
        $"-k {_folder} -c listen_addresses= -c max_connections=50", "start");

    /// <summary>Stops the server and starts it again; connections end in the middle of whatever they do.</summary>
    public void Restart()
    {
        Server("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        Start();
    }

    void Server(string program, params string[] words)
    {
        string path = Path.Combine(Binaries!, program);
        if (_isRoot)
            Check("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. words]);
        else
            Check(path, words);
    }

    static void Check(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardOutput = true })!;
        // What it starts keeps its output open: only its own end is waited for.
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        if (!process.WaitForExit(60_000) || process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', words)} failed.");
    }

    public void Dispose()
    {
        Server("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        Directory.Delete(_folder, recursive: true);
    }
}
