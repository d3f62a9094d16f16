using System.Diagnostics;
using System.Text.Json;

namespace Hondo.Insights;

/// <summary>
/// Where the time of training steps goes: by layer and op, beside the least time that the machine could take. It is a
/// callback of a <see cref="Trainer"/>, or takes the steps of a loop of one's own.
/// </summary>
/// <remarks>
/// The least time (floor) of an op is the longer one of its multiply-adds over the machine's peak and its bytes, read
/// and written once, over the memory's bandwidth, both measured when the profile begins. Bytes that stay in a cache can
/// beat it, and so can Winograd's algorithm, which does with fewer multiplications. Backward of an op that multiplies
/// counts as many multiply-adds again for each operand whose gradient is wanted. Taking the times costs about 50 ns an
/// op, and changes no bit.
/// </remarks>
/// <example><code>
/// var profiler = new Profiler();
/// var trainer = new Trainer(model, loss, optimizer) { Callbacks = [profiler] };
/// trainer.Fit(data);
/// Console.WriteLine(profiler);
/// </code></example>
public sealed class Profiler : Callback
{
    readonly Dictionary<(string Layer, string Op, string Pass), Sums> _rows = [];
    readonly List<(int Step, List<OpTime> Times)> _trace = [];
    OpClock? _clock;
    long _begin;
    int _steps;

    /// <summary>Steps that are not counted, since methods are compiled in them.</summary>
    public int WarmUp { get; init; } = 3;

    /// <summary>Steps, the last ones, that the trace shows.</summary>
    public int TracedSteps { get; init; } = 10;

    /// <summary>10⁹ operations a second that the machine can do, measured at the begin.</summary>
    public double PeakGigaflops { get; private set; }

    /// <summary>10⁹ bytes a second that the memory gives and takes, measured at the begin.</summary>
    public double PeakGigabytes { get; private set; }

    /// <summary>How many steps were counted.</summary>
    public int Steps => Math.Max(0, _steps - WarmUp);

    /// <summary>Seconds of the counted steps, all that happened between them included.</summary>
    public double Seconds { get; private set; }

    /// <summary>What took time, the longest first; the last row is what lies between ops: data, metrics, evaluation.
    /// </summary>
    public IReadOnlyList<ProfileRow> Rows
    {
        get
        {
            List<ProfileRow> rows =
                [.. _rows.Select(row => Row(row.Key, row.Value)).OrderByDescending(row => row.Seconds)];
            double rest = Math.Max(0, Seconds - rows.Sum(row => row.Seconds));
            return [.. rows, new("", "between ops", "", 0, rest, rest / Seconds, 0, 0, 0)];
        }
    }

    /// <summary>Begins to take times on this thread: for loops of one's own; a trainer calls it by itself.</summary>
    public void Start()
    {
        (PeakGigaflops, PeakGigabytes) = (MachinePeak.GigaflopsPerSecond<float>(), MachinePeak.GigabytesPerSecond());
        _rows.Clear();
        _trace.Clear();
        (_steps, Seconds, _begin) = (0, 0, Stopwatch.GetTimestamp());
        OpClock.Current = _clock = new();
    }

    /// <summary>Ends a step of a loop of one's own.</summary>
    public void EndStep()
    {
        if (_clock is null)
            return;
        long now = Stopwatch.GetTimestamp();
        if (++_steps > WarmUp)
        {
            Seconds += Stopwatch.GetElapsedTime(_begin, now).TotalSeconds;
            foreach (OpTime time in _clock.Times)
                Add(time);
            if (TracedSteps > 0)
                _trace.Add((_steps, [.. _clock.Times]));
            if (_trace.Count > TracedSteps)
                _trace.RemoveAt(0);
        }
        _clock.Times.Clear();
        _begin = Stopwatch.GetTimestamp();
    }

    /// <summary>Takes no more times.</summary>
    public void Stop()
    {
        OpClock.Current = null;
        _clock = null;
    }

    /// <summary>Writes the last steps as a trace that Perfetto (ui.perfetto.dev) and chrome://tracing show.</summary>
    /// <param name="stream">Where to, as JSON.</param>
    public void WriteTrace(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteStartArray("traceEvents");
        foreach ((int step, List<OpTime> times) in _trace)
            foreach (OpTime time in times)
                WriteEvent(json, step, time, _trace[0].Times[0].Start);
        json.WriteEndArray();
        json.WriteString("displayTimeUnit", "ms");
        json.WriteEndObject();
    }

    /// <summary>The table: the 25 rows that take longest, and the sum of the others.</summary>
    public override string ToString() => ProfileText.Of(this, most: 25);

    /// <inheritdoc />
    protected internal override void OnTrainBegin(TrainingRun run) => Start();

    /// <inheritdoc />
    protected internal override void OnStepEnd(TrainingRun run) => EndStep();

    /// <inheritdoc />
    protected internal override void OnTrainEnd(TrainingRun run) => Stop();

    void Add(in OpTime time)
    {
        (string, string, string) key = (time.Call?.LayerPath ?? "", NameOf(time), PassOf(time));
        if (!_rows.TryGetValue(key, out Sums? sums))
            _rows[key] = sums = new();
        sums.Calls++;
        sums.Ticks += time.End - time.Start;
        if (time.Call is not { } call)
            return;
        double bytes = call.Value.Length, multiplied = call.MultiplyAdds;
        int wanted = 0;
        for (int i = 0; i < call.Inputs.Length; i++)
        {
            bytes += call.Inputs[i].Value.Length;
            if (!call.Inputs[i].NeedsGradient)
                continue;
            wanted += i < 2 ? 1 : 0;
            bytes += time.Pass == OpPass.Backward ? call.Inputs[i].Value.Length : 0;
        }
        sums.Bytes += bytes;
        sums.MultiplyAdds += time.Pass == OpPass.Backward ? wanted * multiplied : multiplied;
    }

    ProfileRow Row((string Layer, string Op, string Pass) key, Sums sums)
    {
        double seconds = sums.Ticks / (double)Stopwatch.Frequency;
        double floor = Math.Max(2e-9 * sums.MultiplyAdds / PeakGigaflops, 1e-9 * sums.Bytes / PeakGigabytes);
        return new(key.Layer, key.Op, key.Pass, sums.Calls, seconds, seconds / Seconds,
            2e-9 * sums.MultiplyAdds / seconds, 1e-9 * sums.Bytes / seconds, floor / seconds);
    }

    static string NameOf(in OpTime time) => time.Call?.Name ?? "optimizer";

    static string PassOf(in OpTime time) => time.Pass switch
    {
        OpPass.Forward => "forward",
        OpPass.Backward => "backward",
        _ => "update",
    };

    static void WriteEvent(Utf8JsonWriter json, int step, in OpTime time, long origin)
    {
        double Microseconds(long ticks) => Math.Round(ticks * 1e6 / Stopwatch.Frequency, 3);
        json.WriteStartObject();
        json.WriteString("name", $"{NameOf(time)} {PassOf(time)}");
        json.WriteString("cat", PassOf(time));
        json.WriteString("ph", "X");
        json.WriteNumber("ts", Microseconds(time.Start - origin));
        json.WriteNumber("dur", Microseconds(time.End - time.Start));
        json.WriteNumber("pid", 1);
        json.WriteNumber("tid", 1);
        json.WriteStartObject("args");
        json.WriteNumber("step", step);
        json.WriteString("layer", time.Call?.LayerPath ?? "");
        json.WriteString("shape", time.Call?.Shape.ToString() ?? "");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    sealed class Sums
    {
        public long Calls, Ticks;
        public double MultiplyAdds, Bytes;
    }
}
