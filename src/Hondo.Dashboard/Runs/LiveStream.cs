using System.Buffers;
using System.Text;
using System.Text.Json;
using Hondo.Dashboard.Web;

namespace Hondo.Dashboard.Runs;

/// <summary>Server-sent events of one browser tab: the list of runs, and what the chosen ones write.</summary>
/// <param name="runs">The runs.</param>
/// <param name="ids">Those chosen; unknown ones are passed over.</param>
sealed class LiveStream(RunStore runs, IReadOnlyList<string> ids)
{
    const int MostChosen = 20;
    const int RoundsPerLoad = 2;

    // Each takes the processor from a training of the same machine for a moment: people see as much once a second.
    static readonly TimeSpan BetweenRounds = TimeSpan.FromSeconds(1);

    readonly ArrayBufferWriter<byte> _bytes = new();
    readonly List<(string Id, LineTail Points, LineTail Events)> _chosen =
        [.. ids.Distinct().Take(MostChosen).Select(id => (id, new LineTail(), new LineTail()))];
    readonly Dictionary<string, DateTime> _samples = [];
    readonly SystemLoad _load = new();
    IReadOnlyList<RunSummary>? _list;

    /// <summary>Writes until the browser goes or the server ends.</summary>
    public async Task RunAsync(Stream output, CancellationToken cancellation)
    {
        try
        {
            for (int round = 0; ; round++)
            {
                bool isBehind = Gather(round);
                if (_bytes.WrittenCount > 0)
                    await TimedWriter.WriteAsync(output, _bytes.WrittenMemory, cancellation);
                _bytes.ResetWrittenCount();
                if (!isBehind)
                    await Task.Delay(BetweenRounds, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // The browser went away, or reads no more: nothing is left to do.
        }
    }

    bool Gather(int round)
    {
        IReadOnlyList<RunSummary> list = runs.List();
        if (!ReferenceEquals(list, _list))
            Send("runs", Json(json => WriteList(json, list)));
        _list = list;
        bool isBehind = false;
        foreach ((string id, LineTail points, LineTail events) in _chosen)
            if (runs.Find(id) is { } run)
            {
                isBehind |= Attempt(() => SendLines("points", id, points, run.FileOf("metrics.jsonl")));
                Attempt(() => SendLines("events", id, events, run.FileOf("events.jsonl")));
                Attempt(() => SendSamples(run));
            }
        if (round == 0 && !isBehind)
            Send("ready", "{}");
        if (round % RoundsPerLoad == 0)
            Send("load", Json(_load.WriteTo));
        return isBehind;
    }

    // A file that cannot be read is one run's: the others are shown all the same.
    static bool Attempt(Func<bool> send)
    {
        try
        {
            return send();
        }
        catch (Exception error) when (RunFile.IsOfTheFile(error))
        {
            return false;
        }
    }

    bool SendLines(string name, string id, LineTail tail, string? path)
    {
        List<JsonDocument> lines = [];
        bool isMore = tail.Read(path, lines);
        if (lines.Count > 0)
            Send(name, Json(json =>
            {
                json.WriteString("id", id);
                json.WriteStartArray("rows");
                foreach (JsonDocument line in lines)
                    Write(json, line);
                json.WriteEndArray();
            }));
        lines.ForEach(line => line.Dispose());
        return isMore;
    }

    // Half a surrogate pair cannot be written as UTF-8: the line is left out.
    static void Write(Utf8JsonWriter json, JsonDocument line)
    {
        if (IsText(line.RootElement))
            line.RootElement.WriteTo(json);
    }

    static bool IsText(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.Object => element.EnumerateObject().All(one => one.Name is not null && IsText(one.Value)),
                JsonValueKind.Array => element.EnumerateArray().All(IsText),
                JsonValueKind.String => element.GetString() is not null,
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    bool SendSamples(RunView run)
    {
        string? path = run.FileOf("artifacts", "samples.txt");
        DateTime written = path is null ? default : File.GetLastWriteTimeUtc(path);
        if (path is null || written == _samples.GetValueOrDefault(run.Id))
            return false;
        _samples[run.Id] = written;
        Send("samples", Json(json =>
        {
            json.WriteString("id", run.Id);
            json.WriteString("text", TextEnd.Of(path));
        }));
        return true;
    }

    static void WriteList(Utf8JsonWriter json, IReadOnlyList<RunSummary> list)
    {
        json.WriteStartArray("runs");
        foreach (RunSummary run in list)
            run.WriteTo(json);
        json.WriteEndArray();
    }

    // The usual encoder writes <, > and & as escapes, and no line break: a line of data is one line.
    static string Json(Action<Utf8JsonWriter> properties)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    void Send(string name, string data) => _bytes.Write(Encoding.UTF8.GetBytes($"event: {name}\ndata: {data}\n\n"));
}
