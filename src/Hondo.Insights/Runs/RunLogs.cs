using System.Diagnostics;
using System.Text.Json;

namespace Hondo.Insights;

/// <summary>The files of a run that grow: metrics.jsonl, metrics.csv and events.jsonl.</summary>
sealed class RunLogs : IDisposable
{
    // Points of a curve: enough to see it, few enough to cost nothing.
    const int PointsPerEpoch = 50;

    // Who watches sees each point soon; a write for each would cost the small models something.
    static readonly TimeSpan BetweenFlushes = TimeSpan.FromSeconds(0.5);

    readonly RunLog _points, _table, _events;
    readonly List<StepPoint> _waiting = new(2 * PointsPerEpoch);
    LayerFigures? _layers;
    long _flushed = Stopwatch.GetTimestamp();

    /// <summary>Opens the files.</summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="state">How long they were at the checkpoint from which the run goes on: what came later is cut.
    /// </param>
    public RunLogs(string folder, RunState? state)
    {
        RunLog Open(string name) => new(Path.Combine(folder, name), state is null ? 0 : state.Whole(name));
        (_points, _table, _events) = (Open("metrics.jsonl"), Open("metrics.csv"), Open("events.jsonl"));
    }

    IEnumerable<(string Name, RunLog Log)> All =>
        [("metrics.jsonl", _points), ("metrics.csv", _table), ("events.jsonl", _events)];

    /// <summary>Looks at the layers, before the update and at some of the steps.</summary>
    public void Look(TrainingRun run) => (_layers ??= new(run)).Before();

    /// <summary>Adds a point of the curves, at some of the steps.</summary>
    /// <returns>True when rows have waited long enough to be flushed.</returns>
    public bool AddPoint(TrainingRun run)
    {
        if (_layers is { IsDue: true })
            AddLayers(run);
        if (run.StepInEpoch % Math.Max(1, run.StepsPerEpoch / PointsPerEpoch) != 0)
            return false;
        _waiting.Add(StepPoint.Of(run));
        return Stopwatch.GetElapsedTime(_flushed) >= BetweenFlushes;
    }

    void AddLayers(TrainingRun run)
    {
        WritePoints();
        Add(_points, run.Elapsed, _layers!.WriteTo);
    }

    void WritePoints()
    {
        foreach (StepPoint point in _waiting)
            Add(_points, point.Elapsed, json =>
            {
                json.WriteNumber("step", point.Step);
                json.WriteNumber("epoch", point.Epoch);
                json.WriteFinite("loss", point.Loss);
                json.WriteNumber("learningRate", point.LearningRate);
            });
        _waiting.Clear();
    }

    /// <summary>Adds the last epoch.</summary>
    public void AddEpoch(TrainingRun run)
    {
        WritePoints();
        Add(_points, run.Elapsed, run.History[^1].WriteTo);
        (string header, string row) = run.History.LastCsv();
        _table.Add(run.Epoch == 1 ? $"{header}\n{row}" : row);
    }

    /// <summary>Adds something that was noticed or done, and hands all rows to the system.</summary>
    public void AddEvent(TrainingRun run, string name, Action<Utf8JsonWriter> properties)
    {
        Add(_events, run.Elapsed, json =>
        {
            json.WriteString("event", name);
            json.WriteNumber("step", run.Step);
            json.WriteNumber("epoch", run.Epoch);
            properties(json);
        });
        Flush();
    }

    /// <summary>Hands all rows to the system.</summary>
    /// <exception cref="IOException">The disk refuses them; they are kept for the next time.</exception>
    public void Flush()
    {
        WritePoints();
        foreach ((_, RunLog log) in All)
            log.Flush();
        _flushed = Stopwatch.GetTimestamp();
    }

    /// <summary>Hands all rows to the system and writes down how many they are.</summary>
    public void Save(RunState state)
    {
        Flush();
        foreach ((string name, RunLog log) in All)
            state.Set(name, log.Length);
    }

    /// <summary>Forces what was handed over to the disk; another thread may do so beside the training.</summary>
    public void Sync()
    {
        foreach ((_, RunLog log) in All)
            log.Sync();
    }

    static void Add(RunLog log, TimeSpan elapsed, Action<Utf8JsonWriter> properties) => log.Add(json =>
    {
        properties(json);
        json.WriteNumber("elapsed", Math.Round(elapsed.TotalSeconds, 3));
    });

    public void Dispose()
    {
        foreach ((_, RunLog log) in All)
            log.Dispose();
    }
}
