using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Hondo.Dashboard.Runs;

/// <summary>The runs that the dashboard shows, by their ids: the browser never names a path.</summary>
/// <param name="root">The folder of the run folders, or one run folder.</param>
sealed class RunStore(string root)
{
    // A list that nobody reads to its end; the newest are kept.
    const int Most = 500;

    static readonly TimeSpan BetweenScans = TimeSpan.FromSeconds(1), BetweenLists = TimeSpan.FromSeconds(0.2);

    readonly string _root = Path.GetFullPath(root);
    readonly Lock _lock = new();
    readonly Dictionary<string, RunView> _runs = [];
    readonly HashSet<string> _watched = [];
    IReadOnlyList<RunSummary> _list = [];
    long _scanned, _listed;

    /// <summary>The run of an id; null when there is none.</summary>
    public RunView? Find(string id)
    {
        lock (_lock)
        {
            Scan();
            return _runs.GetValueOrDefault(id);
        }
    }

    /// <summary>
    /// What the list shows, the newest first. Many views share one: as long as nothing changes it is the same object.
    /// </summary>
    public IReadOnlyList<RunSummary> List()
    {
        lock (_lock)
        {
            if (_listed != 0 && Stopwatch.GetElapsedTime(_listed) < BetweenLists)
                return _list;
            Scan();
            RunSummary[] list = [.. _runs.Values
                .Select(run => run.Summary() with { HasReport = run.FileOf("report.html") is not null })
                .OrderByDescending(run => run.Started, StringComparer.Ordinal).ThenBy(run => run.Name)];
            _listed = Stopwatch.GetTimestamp();
            return list.SequenceEqual(_list) ? _list : _list = list;
        }
    }

    /// <summary>Adds a run of this process.</summary>
    public void Watch(string folder, Steering steering)
    {
        lock (_lock)
        {
            string path = Path.GetFullPath(folder);
            _watched.Add(path);
            Add(path).Steering = steering;
        }
    }

    void Scan()
    {
        if (_scanned != 0 && Stopwatch.GetElapsedTime(_scanned) < BetweenScans)
            return;
        HashSet<string> found = [.. Folders().Concat(_watched).Select(folder => Add(folder).Id)];
        foreach (string gone in _runs.Keys.Except(found).ToArray())
            _runs.Remove(gone);
        _scanned = Stopwatch.GetTimestamp();
    }

    IEnumerable<string> Folders()
    {
        if (IsRun(_root))
            return [_root];
        return !Directory.Exists(_root) ? [] : new DirectoryInfo(_root).EnumerateDirectories()
            .Where(folder => folder.LinkTarget is null && IsRun(folder.FullName))
            .OrderByDescending(folder => folder.CreationTimeUtc).Take(Most).Select(folder => folder.FullName);
    }

    static bool IsRun(string folder) => File.Exists(Path.Combine(folder, "run.json"));

    RunView Add(string folder)
    {
        string id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..16];
        if (!_runs.TryGetValue(id, out RunView? run))
            _runs.Add(id, run = new(id, folder));
        return run;
    }
}
