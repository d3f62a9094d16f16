using System.Diagnostics;
using System.Diagnostics.Metrics;
using Hondo.Layers;
using Hondo.Training;

namespace Hondo.Tests.Training;

public sealed class TelemetryTests
{
    // Other tests train at the same time: only what this thread says is counted, as listeners are called where it is.
    [ThreadStatic] static Dictionary<string, double>? _sums;
    [ThreadStatic] static List<string>? _spans;

    static MeterListener Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Telemetry.Name)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Note(instrument, value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Note(instrument, value));
        listener.Start();
        return listener;
    }

    static void Note(Instrument instrument, double value)
    {
        if (_sums is { } sums)
            sums[instrument.Name] = value
                + (instrument is Gauge<double> ? 0 : sums.GetValueOrDefault(instrument.Name));
    }

    [Fact]
    public void A_listener_hears_every_step_sample_and_epoch()
    {
        using MeterListener listener = Listen();
        _sums = [];
        History history = Tasks.Trainer(Tasks.Mlp(), epochs: 3).Fit(Tasks.Parts(60));
        Assert.Equal(history[^1].Steps, _sums["hondo.training.steps"]);
        Assert.Equal(3 * 36, _sums["hondo.training.samples"]);
        Assert.Equal(history.Sum(epoch => epoch.Seconds), _sums["hondo.training.epoch.duration"], 1e-6);
        Assert.Equal(0.01, _sums["hondo.training.learning_rate"]);
        Assert.InRange(_sums["hondo.training.loss"], 1e-6, 3);
        _sums = null;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_step_allocates_nothing_with_and_without_a_listener(bool listens)
    {
        using MeterListener? listener = listens ? Listen() : null;
        _sums = listens ? [] : null;
        var counter = new AllocationCounter();
        Tasks.Trainer(Tasks.Mlp(), 1, 16, counter).Fit(new(Tasks.Clouds(320)));
        _sums = null;
        Assert.True(counter.Steps > 10);
        Assert.Equal(0, counter.Bytes);
    }

    [Fact]
    public void Spans_tell_of_the_run_its_epochs_and_their_evaluation()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => _spans?.Add($"{span.Parent?.OperationName}/{span.OperationName}"),
        };
        ActivitySource.AddActivityListener(listener);
        _spans = [];
        Layer model = Tasks.Mlp();
        Tasks.Trainer(model, epochs: 2).Fit(Tasks.Parts(60));
        Assert.Equal(["epoch/evaluate", "run/epoch", "epoch/evaluate", "run/epoch", "/run"], _spans);
        _spans = null;
    }
}
