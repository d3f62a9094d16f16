using System.Diagnostics;
using System.Text.Json;
using Hondo.Dashboard.Web;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Tensors;
using Hondo.Training;

namespace Hondo.Dashboard.Playground;

/// <summary>
/// One network that learns points of the plane while a page looks on: the page gets lines of JSON until it goes, and
/// for as long as the limits allow.
/// </summary>
sealed class PlaygroundSession
{
    /// <summary>Networks that learn at a time.</summary>
    public const int Most = 2;

    const int MostEpochs = 20_000;

    // Three points in ten are kept apart to see whether the network has learned or memorized.
    const int TestShare = 30;

    static readonly TimeSpan Longest = TimeSpan.FromMinutes(5), BetweenFrames = TimeSpan.FromMilliseconds(120);

    readonly PlaygroundOptions _options;
    readonly Points _points;
    readonly Sequential _model;
    readonly Optimizer _optimizer;
    readonly CrossEntropy _loss = new();
    readonly Batches _batches;
    readonly Evaluator _train, _test;
    readonly Pictures _pictures;
    readonly Tape _tape = new();
    int _epoch;
    long _step;

    /// <summary>A game as the page chose it.</summary>
    /// <exception cref="FormatException">The user's table has no points.</exception>
    public PlaygroundSession(PlaygroundOptions options)
    {
        (_options, _points) = (options, PointSets.Of(options));
        var whole = new Dataset("points",
            new FloatFeatures(PointInputs.Of(options.Inputs, _points.Places), [options.Inputs.Count]),
            new ClassTargets(_points.Classes, _points.Names));
        DataSplits parts = new Split(100 - TestShare, 0, TestShare).Of(new DataSplits(whole), options.Seed);
        _model = options.Model(_points.Names.Count);
        _optimizer = options.OptimizerOf(_model.Parameters);
        _batches = new(parts.Train, new() { Size = options.Batch, Seed = options.Seed });
        _train = new(_model, _loss, _loss.Metrics(), parts.Train);
        _test = new(_model, _loss, _loss.Metrics(), parts.Test!);
        _pictures = new(_model, options.Inputs);
        Test = [.. Enumerable.Range(0, parts.Test!.Count).Select(parts.Test.Row)];
    }

    HashSet<int> Test { get; }

    /// <summary>Learns and writes, a picture about eight times a second.</summary>
    /// <returns>False when the page went away, or reads no more.</returns>
    public async Task<bool> RunAsync(Stream output, CancellationToken cancellation)
    {
        try
        {
            await WriteAsync(output, WritePoints, cancellation);
            await WriteAsync(output, WriteFrame, cancellation);
            for (long start = Stopwatch.GetTimestamp();
                _epoch < MostEpochs && Stopwatch.GetElapsedTime(start) < Longest;)
            {
                bool isFinite = await Task.Run(Learn, cancellation);
                await WriteAsync(output, WriteFrame, cancellation);
                if (!isFinite)
                    break;
                // Half of the time is left to the trainings.
                await Task.Delay(BetweenFrames / 2, cancellation);
            }
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // Each epoch is shown at first, when much happens; later every tenth.
    bool Learn()
    {
        int end = _epoch < 20 ? _epoch + 1 : _epoch + 10;
        for (long start = Stopwatch.GetTimestamp();
            _epoch < end && Stopwatch.GetElapsedTime(start) < BetweenFrames / 2; _epoch++)
            foreach (Batch batch in _batches.Epoch(_epoch))
            {
                using var step = _tape.Open(new(Mode.Training, _options.Seed, _step++));
                Tensor loss = _loss.Compute(_model.Forward(batch.Inputs), batch.Targets);
                if (!double.IsFinite(loss.Item))
                    return false;
                loss.Backward();
                _optimizer.Step();
            }
        return true;
    }

    static async Task WriteAsync(Stream output, Action<Utf8JsonWriter> properties, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }
        bytes.WriteByte((byte)'\n');
        await TimedWriter.WriteAsync(output, bytes.GetBuffer().AsMemory(0, (int)bytes.Length), cancellation);
    }

    void WritePoints(Utf8JsonWriter json)
    {
        json.WriteStartArray("classes");
        foreach (string name in _points.Names)
            json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteStartArray("points");
        for (int i = 0; i < _points.Classes.Length; i++)
        {
            json.WriteStartArray();
            json.WriteNumberValue(MathF.Round(_points.Places[2 * i], 3));
            json.WriteNumberValue(MathF.Round(_points.Places[2 * i + 1], 3));
            json.WriteNumberValue(_points.Classes[i]);
            json.WriteBooleanValue(Test.Contains(i));
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    void WriteFrame(Utf8JsonWriter json)
    {
        json.WriteNumber("epoch", _epoch);
        json.Write("train", _train.Measure());
        json.Write("test", _test.Measure());
        _pictures.WriteTo(json);
    }
}
