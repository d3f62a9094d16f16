using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Hondo.Training;

/// <summary>
/// What OpenTelemetry and every other listener of .NET's own diagnostics can hear of a training: counters and gauges
/// of the meter, and spans (run, epoch, evaluate, checkpoint) of the source <see cref="Name"/>. Without a listener it
/// costs some nanoseconds a step, and no memory.
/// </summary>
public static class Telemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Hondo.Training";

    static readonly Meter Meter = new(Name);
    static readonly ActivitySource Source = new(Name);

    static readonly Counter<long> Steps = Meter.CreateCounter<long>("hondo.training.steps", "{step}",
        "Batches trained on.");

    static readonly Counter<long> Samples = Meter.CreateCounter<long>("hondo.training.samples", "{sample}",
        "Samples trained on; of a text its tokens.");

    static readonly Gauge<double> Loss = Meter.CreateGauge<double>("hondo.training.loss", "1",
        "The loss of the last batch.");

    static readonly Gauge<double> LearningRate = Meter.CreateGauge<double>("hondo.training.learning_rate", "1",
        "The learning rate of the last update.");

    static readonly Histogram<double> Epochs = Meter.CreateHistogram<double>("hondo.training.epoch.duration", "s",
        "How long epochs take, the dev part included.");

    internal static void Step(TrainingRun run, int samples)
    {
        Steps.Add(1);
        Samples.Add(samples);
        Loss.Record(run.StepLoss);
        LearningRate.Record(run.Optimizer.LearningRate);
    }

    /// <summary>A span; null, at no cost, when nobody listens.</summary>
    internal static Activity? Span(string name) => Source.StartActivity(name);

    /// <summary>Ends an epoch and its span.</summary>
    internal static void End(Activity? span, EpochRecord epoch)
    {
        Epochs.Record(epoch.Seconds);
        if (span is null)
            return;
        span.SetTag("hondo.epoch", epoch.Epoch);
        foreach ((string name, double value) in epoch.Numbers)
            span.SetTag($"hondo.{name.Replace(' ', '.')}", value);
    }
}
